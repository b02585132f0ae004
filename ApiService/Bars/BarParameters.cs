using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Trading.ApiService.Bars;

/// <summary>What a client may ask of bars, as it was written.</summary>
internal sealed record BarParameters(
    [property: FromQuery(Name = "interval"), Description("1m, 5m, 15m, 1h or 1d; 1d if not given.")]
    string? Interval,
    [property: FromQuery(Name = "from"), Description("First session (2018-02-07) or instant (2018-02-07T21:00:00Z).")]
    string? From,
    [property: FromQuery(Name = "to"), Description("Last session, itself included, or instant.")]
    string? To,
    [property: FromQuery(Name = "cursor"), Description("next_cursor of the page before.")]
    string? Cursor,
    [property: FromQuery(Name = "limit"), Description("Bars on a page: 1 to 10000, 1000 if not given.")]
    string? Limit,
    [property: FromQuery(Name = "adjust"), Description("none, split or total (splits and dividends); none if not given.")]
    string? Adjust = null);
