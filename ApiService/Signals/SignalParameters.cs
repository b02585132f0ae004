using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Trading.ApiService.Signals;

/// <summary>What a client may ask of the signals, as it was written.</summary>
internal sealed record SignalParameters(
    [property: FromQuery(Name = "ticker"), Description("The instrument's symbol.")]
    string? Ticker,
    [property: FromQuery(Name = "interval"), Description("1m, 5m, 15m, 1h or 1d.")]
    string? Interval,
    [property: FromQuery(Name = "direction"), Description("long or short.")]
    string? Direction,
    [property: FromQuery(Name = "state"), Description("active, target_hit, stopped, expired or invalidated.")]
    string? State,
    [property: FromQuery(Name = "regime"), Description("trending_up, trending_down, ranging or volatile.")]
    string? Regime,
    [property: FromQuery(Name = "min_confidence"), Description("At least this confidence: 0 to 1.")]
    string? MinConfidence,
    [property: FromQuery(Name = "from"), Description("Nothing before it: a date or an instant in ISO 8601, UTC.")]
    string? From,
    [property: FromQuery(Name = "to"), Description("Only what is before it: a date or an instant in ISO 8601, UTC.")]
    string? To,
    [property: FromQuery(Name = "cursor"), Description("next_cursor of the page before.")]
    string? Cursor,
    [property: FromQuery(Name = "limit"), Description("Signals on a page: 1 to 1000, 100 if not given.")]
    string? Limit);

/// <summary>What a client may ask of the anomalies, as it was written.</summary>
internal sealed record AnomalyParameters(
    [property: FromQuery(Name = "ticker"), Description("The instrument's symbol.")]
    string? Ticker,
    [property: FromQuery(Name = "interval"), Description("1m, 5m, 15m, 1h or 1d.")]
    string? Interval,
    [property: FromQuery(Name = "kind"), Description("price_return or volume.")]
    string? Kind,
    [property: FromQuery(Name = "from"), Description("Nothing before it: a date or an instant in ISO 8601, UTC.")]
    string? From,
    [property: FromQuery(Name = "to"), Description("Only what is before it: a date or an instant in ISO 8601, UTC.")]
    string? To,
    [property: FromQuery(Name = "cursor"), Description("next_cursor of the page before.")]
    string? Cursor,
    [property: FromQuery(Name = "limit"), Description("Anomalies on a page: 1 to 1000, 100 if not given.")]
    string? Limit);
