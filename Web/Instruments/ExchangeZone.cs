namespace Trading.Web.Instruments;

/// <summary>The clock of an exchange, by its ISO 10383 code.</summary>
internal static class ExchangeZone
{
    private static readonly Dictionary<string, string> Zones = new()
    {
        ["XNYS"] = "America/New_York",
        ["XNAS"] = "America/New_York",
        ["XLON"] = "Europe/London",
        ["XETR"] = "Europe/Berlin",
        ["XSWX"] = "Europe/Zurich",
        ["XTKS"] = "Asia/Tokyo",
        ["XTSE"] = "America/Toronto",
    };

    public static string IdOf(string exchange) => Zones.GetValueOrDefault(exchange, "Etc/UTC");

    public static TimeZoneInfo Of(string exchange) => TimeZoneInfo.FindSystemTimeZoneById(IdOf(exchange));
}
