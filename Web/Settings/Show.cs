using System.Globalization;

namespace Trading.Web.Settings;

/// <summary>Numbers as a trader reads them: fixed decimals, a real minus, a sign where direction matters.</summary>
internal static class Show
{
    public const string Nothing = "–";

    private const char Minus = '\u2212';

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Nothing;

    public static string Price(double? price) => price switch
    {
        null => Nothing,
        >= 1 or <= -1 or 0 => Text(price.Value, "#,##0.00"),
        _ => Text(price.Value, "0.0000"),
    };

    public static string Change(double? change, double? price) => change switch
    {
        null => Nothing,
        _ => Signed(change.Value, price is < 1 and > -1 ? "0.0000" : "#,##0.00"),
    };

    public static string Percent(double? percent) =>
        percent is null ? Nothing : Signed(percent.Value, "0.00") + "%";

    public static string Volume(double? volume) => volume switch
    {
        null => Nothing,
        >= 1e9 => Text(volume.Value / 1e9, "0.00") + "B",
        >= 1e6 => Text(volume.Value / 1e6, "0.00") + "M",
        >= 1e4 => Text(volume.Value / 1e3, "0.0") + "K",
        _ => Text(volume.Value, "#,##0"),
    };

    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalSeconds: < 60 } => $"{(int)age.TotalSeconds} s",
        { TotalMinutes: < 60 } => $"{(int)age.TotalMinutes} min",
        { TotalHours: < 24 } => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} d",
    };

    public static string Direction(double? change) => change switch
    {
        > 0 => "up",
        < 0 => "down",
        _ => "flat",
    };

    public static string Arrow(double? change) => change switch
    {
        > 0 => "\u25B2",
        < 0 => "\u25BC",
        _ => "",
    };

    /// <summary>For attributes that scripts and tests read, not people.</summary>
    public static string? Plain(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string Signed(double value, string format)
    {
        // What rounds to nothing has no sign.
        var size = Text(Math.Abs(value), format);
        return size.AsSpan().ContainsAnyInRange('1', '9') ? (value > 0 ? '+' : Minus) + size : size;
    }

    private static string Text(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace('-', Minus);
}
