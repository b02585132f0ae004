using System.Diagnostics;
using System.Text.Json;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Audit;
using Trading.Data.Outbox;

namespace Trading.ApiService.Webhooks;

/// <summary>What of the audit trail the account that it concerns is told of.</summary>
internal static class AccountEvents
{
    /// <summary>The event; null where nobody is told.</summary>
    public static OutboxEvent? Of(AuditEvent happened, AuditRow row)
    {
        if (TypeOf(happened) is not { } type || (happened.Account ?? row.ActorId) is not { } account)
        {
            return null;
        }

        return new OutboxEvent
        {
            UserId = account,
            Type = type,
            Data = JsonSerializer.Serialize(DataOf(happened, row, account), ApiJson.Default.AccountEventData),
            CreatedAt = row.Time,
            TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
        };
    }

    // Throttled sign-ins are missing, as who makes them could have us send without end.
    private static string? TypeOf(AuditEvent happened) => (happened.Action, happened.Outcome) switch
    {
        (AuditActions.Login, AuditOutcome.Success) => WebhookEventTypes.LoginSucceeded,
        (AuditActions.Login, _) => WebhookEventTypes.LoginRefused,
        (AuditActions.Logout, _) => WebhookEventTypes.Logout,
        (AuditActions.SessionRevoke, _) => WebhookEventTypes.SessionRevoked,
        (AuditActions.TokenReuse, _) => WebhookEventTypes.TokenReused,
        (AuditActions.PasswordChange, AuditOutcome.Success) => WebhookEventTypes.PasswordChanged,
        (AuditActions.PasswordReset, _) => WebhookEventTypes.PasswordReset,
        (AuditActions.TwoFactorChange, AuditOutcome.Success) => WebhookEventTypes.TwoFactorChanged,
        (AuditActions.ApiKeyCreate, _) => WebhookEventTypes.ApiKeyCreated,
        (AuditActions.ApiKeyRevoke, _) => WebhookEventTypes.ApiKeyRevoked,
        (AuditActions.UserChange, _) => WebhookEventTypes.AccountChanged,
        (AuditActions.WebhookChange, AuditOutcome.Success) => WebhookEventTypes.WebhookChanged,
        (AuditActions.WebhookChange, _) => WebhookEventTypes.WebhookPaused,
        _ => null,
    };

    private static AccountEventData DataOf(AuditEvent happened, AuditRow row, Guid account)
    {
        // Where an admin sits is not the account's business.
        var isForeign = row.ActorId is { } actor && actor != account;
        return new AccountEventData(
            row.Outcome,
            row.Subject,
            isForeign ? null : row.Address,
            isForeign ? null : row.UserAgent,
            row.RequestId,
            row.TraceId,
            happened.Details);
    }
}

/// <summary>The <c>data</c> of an account's event.</summary>
internal sealed record AccountEventData(
    string Outcome,
    string? Subject,
    string? Address,
    string? UserAgent,
    string? RequestId,
    string? TraceId,
    IReadOnlyDictionary<string, string>? Details);
