using System.Globalization;
using Trading.Contracts;

namespace Trading.Web.Exchanges;

/// <summary>The state of a market in words.</summary>
internal static class MarketText
{
    public static string Of(ExchangeStatusResponse status) => status switch
    {
        { State: "open" } => "Market open",
        { State: "break" } => "Midday break",
        { Holiday: { } holiday } => $"Closed: {holiday}",
        _ => "Market closed",
    };

    public static string Hint(ExchangeStatusResponse status) => status switch
    {
        { NextOpen: null } => "Trades around the clock",
        { State: "open", Session.EarlyClose: { } occasion } => $"Closes early at {At(status.NextClose)}: {occasion}",
        { State: "open" } => $"Closes {At(status.NextClose)}",
        _ => $"Opens {At(status.NextOpen)}",
    };

    public static string At(DateTime? utc) =>
        utc is { } time ? time.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture) + " UTC" : "–";
}
