using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Trading.ApiService.Audit;

/// <summary>What a client may ask of the audit trail, as it was written.</summary>
internal sealed record AuditParameters(
    [property: FromQuery(Name = "action"), Description("What was done, such as login.")]
    string? Action,
    [property: FromQuery(Name = "outcome"), Description("success, failure or denied.")]
    string? Outcome,
    [property: FromQuery(Name = "actor"), Description("The name of who did it, whole.")]
    string? Actor,
    [property: FromQuery(Name = "address"), Description("The client's IP address, whole.")]
    string? Address,
    [property: FromQuery(Name = "trace_id"), Description("The request's trace.")]
    string? TraceId,
    [property: FromQuery(Name = "from"), Description("Nothing before it: a date or an instant in ISO 8601, UTC.")]
    string? From,
    [property: FromQuery(Name = "to"), Description("Only what is before it: a date or an instant in ISO 8601, UTC.")]
    string? To,
    [property: FromQuery(Name = "cursor"), Description("next_cursor of the page before.")]
    string? Cursor,
    [property: FromQuery(Name = "limit"), Description("Events on a page: 1 to 1000, 100 if not given.")]
    string? Limit);
