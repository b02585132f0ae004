namespace Trading.Data.Webhooks;

/// <summary>A try that one replica has to make now.</summary>
public sealed record ClaimedDelivery(
    Guid WebhookId,
    Guid EventId,
    Guid UserId,
    int Tries,
    string Url,
    string Secret,
    string? PreviousSecret,
    string Type,
    string Data,
    DateTime CreatedAt,
    string? TraceParent);

/// <summary>How a try ended.</summary>
/// <param name="ResponseCode">What was answered; null where nothing was.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="Error">What went wrong, fit for the owner; null where it was taken.</param>
public sealed record TryOutcome(int? ResponseCode, int DurationMs, string? Error);

/// <summary>A webhook that was paused as it has failed for long.</summary>
public sealed record PausedWebhook(Guid Id, Guid UserId, string Url, string Email);
