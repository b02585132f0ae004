using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Outbox;
using Trading.Data.Webhooks;

namespace Trading.ApiService.Webhooks;

/// <summary>What was sent to webhooks, and sending anew.</summary>
internal static class DeliveriesApi
{
    private static readonly PageLimit _limit = new(Default: 50, Max: 500);

    private static ApiProblem Unknown => ApiProblem.NotFound(
        ErrorCodes.NotFound, "You have no such webhook, or it has no such delivery; /api/v1/webhooks lists them.");

    private static ApiProblem Paused => new(
        StatusCodes.Status409Conflict,
        ErrorCodes.WebhookPaused,
        "The webhook is paused; go on with it first (paused: false).");

    public static void MapDeliveries(this RouteGroupBuilder webhooks)
    {
        webhooks.MapPost("/{id:guid}/test", Test)
            .WithName("TestWebhook")
            .WithSummary("Sends a ping; the delivery tells what came of it")
            .LimitedBy(LimitPolicies.WebhookTests)
            .Produces<WebhookDeliveryResponse>(StatusCodes.Status202Accepted)
            .ProducesProblems(401, 403, 404, 409, 429, 503);
        webhooks.MapGet("/{id:guid}/deliveries", List)
            .WithName("ListWebhookDeliveries")
            .WithSummary("What was sent, newest first, a page at a time")
            .Produces<Page<WebhookDeliveryResponse>>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
        webhooks.MapPost("/{id:guid}/deliveries/{delivery:guid}/replay", Replay)
            .WithName("ReplayWebhookDelivery")
            .WithSummary("Sends a delivery that was given up again, with its id and body")
            .LimitedBy(LimitPolicies.WebhookTests)
            .Produces<WebhookDeliveryResponse>(StatusCodes.Status202Accepted)
            .ProducesProblems(401, 403, 404, 409, 429, 503);
    }

    private static async Task<IResult> Test(
        Guid id,
        HttpContext context,
        WebhookStore webhooks,
        DeliveryStore deliveries,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var user = context.User.RequiredUserId();
        if (await RefusalAsync(webhooks, user, id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var ping = new OutboxEvent
        {
            UserId = user,
            Type = WebhookEventTypes.Ping,
            Data = "{}",
            CreatedAt = time.GetUtcNow().UtcDateTime,
            TraceParent = Activity.Current?.Id,
        };
        return await deliveries.SendToAsync(id, ping, cancellationToken)
            ? await AcceptedAsync(deliveries, user, id, ping.Id, cancellationToken)
            : Unknown;
    }

    private static async Task<IResult> List(
        Guid id,
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Deliveries on a page: 1 to 500, 50 if not given.")] string? limit,
        HttpContext context,
        WebhookStore webhooks,
        DeliveryStore deliveries,
        CancellationToken cancellationToken)
    {
        if (_limit.Read(limit, out var count) is { } problem)
        {
            return problem;
        }

        var list = $"webhooks|{id}";
        if (!Cursor.TryReadId(list, cursor, out var before))
        {
            return ApiProblem.InvalidCursor();
        }

        var user = context.User.RequiredUserId();
        if (await webhooks.FindAsync(user, id, cancellationToken) is null)
        {
            return Unknown;
        }

        var found = await deliveries.ListAsync(user, id, before, count + 1, cancellationToken);
        var page = found.Take(count).Select(row => Describe(row.Delivery, row.Event)).ToArray();
        return TypedResults.Json(
            new Page<WebhookDeliveryResponse>(
                page, found.Count > count ? Cursor.After(list, page[^1].Id.ToString()) : null),
            ApiJson.Default);
    }

    private static async Task<IResult> Replay(
        Guid id,
        Guid delivery,
        HttpContext context,
        WebhookStore webhooks,
        DeliveryStore deliveries,
        CancellationToken cancellationToken)
    {
        var user = context.User.RequiredUserId();
        if (await RefusalAsync(webhooks, user, id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (await deliveries.ReplayAsync(user, id, delivery, cancellationToken))
        {
            return await AcceptedAsync(deliveries, user, id, delivery, cancellationToken);
        }

        return await deliveries.FindAsync(user, id, delivery, cancellationToken) is null
            ? Unknown
            : new ApiProblem(
                StatusCodes.Status409Conflict,
                ErrorCodes.NotDead,
                "Only a delivery that was given up can be replayed; this one was taken, or is still being tried.");
    }

    private static async Task<ApiProblem?> RefusalAsync(
        WebhookStore webhooks, Guid user, Guid id, CancellationToken cancellationToken) =>
        await webhooks.FindAsync(user, id, cancellationToken) switch
        {
            null => Unknown,
            { PausedAt: not null } => Paused,
            _ => null,
        };

    private static async Task<IResult> AcceptedAsync(
        DeliveryStore deliveries, Guid user, Guid webhook, Guid delivery, CancellationToken cancellationToken) =>
        await deliveries.FindAsync(user, webhook, delivery, cancellationToken) is var (row, happened)
            ? TypedResults.Json(
                Describe(row, happened), ApiJson.Default, statusCode: StatusCodes.Status202Accepted)
            : Unknown;

    private static WebhookDeliveryResponse Describe(WebhookDelivery delivery, OutboxEvent happened) => new(
        happened.Id,
        happened.Type,
        delivery.Status,
        delivery.Tries,
        happened.CreatedAt,
        delivery.Status == WebhookDelivery.Pending ? delivery.NextTryAt : null,
        delivery.FinishedAt,
        delivery.ResponseCode,
        delivery.DurationMs,
        delivery.Error);
}
