using Microsoft.AspNetCore.Http.HttpResults;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Idempotency;
using Trading.Contracts;
using Trading.Data.Webhooks;
using Trading.ServiceDefaults.Outbound;

namespace Trading.ApiService.Webhooks;

/// <summary>Where users want to be told of what.</summary>
internal static class WebhooksApi
{
    private static ApiProblem Unknown => ApiProblem.NotFound(
        ErrorCodes.NotFound, "You have no webhook of this id; /api/v1/webhooks lists them.");

    public static void MapSubscriptions(this RouteGroupBuilder webhooks)
    {
        webhooks.MapGet("", List)
            .WithName("ListWebhooks")
            .WithSummary("One's own webhooks, newest first")
            .Produces<IReadOnlyList<WebhookResponse>>()
            .ProducesProblems(401, 403, 429, 503);
        webhooks.MapPost("", Create)
            .WithName("CreateWebhook")
            .WithSummary("A new webhook; its secret is shown this once")
            .WithIdempotency()
            .Produces<WebhookSecretResponse>(StatusCodes.Status201Created)
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        webhooks.MapGet("/{id:guid}", Find)
            .WithName("GetWebhook")
            .WithSummary("One webhook")
            .Produces<WebhookResponse>()
            .ProducesProblems(401, 403, 404, 429, 503);
        webhooks.MapPatch("/{id:guid}", Change)
            .WithName("ChangeWebhook")
            .WithSummary("Changes address or events, pauses, or goes on")
            .Produces<WebhookResponse>()
            .ProducesProblems(400, 401, 403, 404, 413, 415, 429, 503);
        webhooks.MapDelete("/{id:guid}", Delete)
            .WithName("DeleteWebhook")
            .WithSummary("Removes a webhook with its deliveries")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 404, 429, 503);
        webhooks.MapPost("/{id:guid}/secret", Rotate)
            .WithName("RotateWebhookSecret")
            .WithSummary("A new secret, shown this once; the one so far signs too for 24 hours")
            .WithIdempotency()
            .Produces<WebhookSecretResponse>()
            .ProducesProblems(401, 403, 404, 429, 503);
    }

    private static async Task<IResult> List(
        HttpContext context, WebhookStore store, CancellationToken cancellationToken)
    {
        var webhooks = await store.ListAsync(context.User.RequiredUserId(), cancellationToken);
        return TypedResults.Json<IReadOnlyList<WebhookResponse>>([.. webhooks.Select(Describe)], ApiJson.Default);
    }

    private static async Task<IResult> Create(
        WebhookRequest request,
        HttpContext context,
        WebhookStore store,
        WebhookSecrets secrets,
        OutboundGuard guard,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (url, events) = (request.Url ?? "", request.Events ?? []);
        if (await WebhookCheck.CheckAsync(url, events, guard, cancellationToken) is { } problem)
        {
            return problem;
        }

        var (id, secret) = (Guid.CreateVersion7(), WebhookSecrets.New());
        var webhook = new Webhook
        {
            Id = id,
            UserId = context.User.RequiredUserId(),
            Url = new Uri(url).AbsoluteUri,
            Events = WebhookCheck.Distinct(events),
            Secret = secrets.Protect(id, secret),
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        var most = WebhookOptions.MostOf(context.User.Tier());
        if (!await store.TryAddAsync(webhook, most, cancellationToken))
        {
            return new ApiProblem(
                StatusCodes.Status409Conflict,
                ErrorCodes.TooMany,
                $"An account of your tier has at most {most} webhooks; remove one first.");
        }

        await RecordAsync(audit, context, id, "created", url, cancellationToken);
        return Secret(context, secret, webhook, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Find(
        Guid id, HttpContext context, WebhookStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(context.User.RequiredUserId(), id, cancellationToken) is { } webhook
            ? TypedResults.Json(Describe(webhook), ApiJson.Default)
            : Unknown;

    private static async Task<IResult> Change(
        Guid id,
        WebhookChangeRequest request,
        HttpContext context,
        WebhookStore store,
        OutboundGuard guard,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (await WebhookCheck.CheckAsync(request.Url, request.Events, guard, cancellationToken) is { } problem)
        {
            return problem;
        }

        var user = context.User.RequiredUserId();
        var url = request.Url is null ? null : new Uri(request.Url).AbsoluteUri;
        var events = request.Events is null ? null : WebhookCheck.Distinct(request.Events);
        if (!await store.ChangeAsync(user, id, url, events, request.Paused, cancellationToken)
            || await store.FindAsync(user, id, cancellationToken) is not { } webhook)
        {
            return Unknown;
        }

        await RecordAsync(audit, context, id, "changed", request.Url, cancellationToken);
        return TypedResults.Json(Describe(webhook), ApiJson.Default);
    }

    private static async Task<IResult> Delete(
        Guid id, HttpContext context, WebhookStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(context.User.RequiredUserId(), id, cancellationToken))
        {
            return Unknown;
        }

        await RecordAsync(audit, context, id, "removed", null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Rotate(
        Guid id,
        HttpContext context,
        WebhookStore store,
        WebhookSecrets secrets,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        var (user, secret) = (context.User.RequiredUserId(), WebhookSecrets.New());
        if (!await store.RotateAsync(user, id, secrets.Protect(id, secret), cancellationToken)
            || await store.FindAsync(user, id, cancellationToken) is not { } webhook)
        {
            return Unknown;
        }

        await RecordAsync(audit, context, id, "secret replaced", null, cancellationToken);
        return Secret(context, secret, webhook, StatusCodes.Status200OK);
    }

    // Of the address only the host: the rest may be a secret of the receiver's.
    private static Task RecordAsync(
        AuditTrail audit, HttpContext context, Guid id, string change, string? url, CancellationToken cancellationToken)
    {
        var details = new Dictionary<string, string> { ["change"] = change };
        if (url is not null)
        {
            details["host"] = new Uri(url).Authority;
        }

        return audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.WebhookChange, AuditOutcome.Success, Subject: id.ToString(), Details: details),
            cancellationToken);
    }

    private static JsonHttpResult<WebhookSecretResponse> Secret(
        HttpContext context, string secret, Webhook webhook, int status)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new WebhookSecretResponse(secret, Describe(webhook)), ApiJson.Default, statusCode: status);
    }

    private static WebhookResponse Describe(Webhook webhook) => new(
        webhook.Id,
        webhook.Url,
        webhook.Events,
        webhook.CreatedAt,
        webhook.FailingSince,
        webhook.PausedAt,
        webhook.PreviousSecretUntil);
}
