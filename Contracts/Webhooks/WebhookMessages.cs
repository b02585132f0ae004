namespace Trading.Contracts;

/// <summary>A new webhook.</summary>
/// <param name="Url">Where to send: https, a public host, port 443, 8443 or 1024 and above.</param>
/// <param name="Events">Some of <see cref="WebhookEventTypes.All"/>.</param>
public sealed record WebhookRequest(string? Url = null, IReadOnlyList<string>? Events = null);

/// <summary>A change of a webhook; what is null stays.</summary>
/// <param name="Url">Where to send.</param>
/// <param name="Events">Some of <see cref="WebhookEventTypes.All"/>.</param>
/// <param name="Paused">
/// True: nothing is sent, and new events are not kept. False: goes on, also where it was paused by failing.
/// </param>
public sealed record WebhookChangeRequest(
    string? Url = null, IReadOnlyList<string>? Events = null, bool? Paused = null);

/// <summary>A webhook.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="Events">Which.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="FailingSince">Since when nothing was taken; null where the last try was.</param>
/// <param name="PausedAt">Since when nothing is sent; null while it is.</param>
/// <param name="PreviousSecretUntil">Until when the secret before signs too; null where there is none.</param>
public sealed record WebhookResponse(
    Guid Id,
    string Url,
    IReadOnlyList<string> Events,
    DateTime CreatedAt,
    DateTime? FailingSince,
    DateTime? PausedAt,
    DateTime? PreviousSecretUntil);

/// <summary>A webhook and its new secret, which is shown this once.</summary>
/// <param name="Secret">For <see cref="WebhookSignature.Verify"/>, <c>whsec_...</c>.</param>
/// <param name="Details">The webhook.</param>
public sealed record WebhookSecretResponse(string Secret, WebhookResponse Details);

/// <summary>An event on its way to a webhook.</summary>
/// <param name="Id">The event's id, as in the body: the same at every try.</param>
/// <param name="Type">What happened.</param>
/// <param name="Status"><c>pending</c>, <c>delivered</c> or <c>dead</c> (given up; may be replayed).</param>
/// <param name="Tries">How often it was sent.</param>
/// <param name="CreatedAt">When it happened, UTC.</param>
/// <param name="NextTryAt">When the next try is due, UTC; null where there is none.</param>
/// <param name="FinishedAt">When it was taken or given up, UTC.</param>
/// <param name="ResponseCode">The HTTP status of the last answer; null where there was none.</param>
/// <param name="DurationMs">How long the last try took, in milliseconds.</param>
/// <param name="Error">What went wrong at the last try; null where it was taken.</param>
public sealed record WebhookDeliveryResponse(
    Guid Id,
    string Type,
    string Status,
    int Tries,
    DateTime CreatedAt,
    DateTime? NextTryAt,
    DateTime? FinishedAt,
    int? ResponseCode,
    int? DurationMs,
    string? Error);
