using System.Text.Json.Nodes;
using Npgsql;
using Trading.Contracts;
using Trading.Data.Outbox;
using Trading.Data.Webhooks;

namespace Trading.Tests.Integration;

/// <summary>The queue as a second replica would use it, beside the running API.</summary>
[Collection(SystemTests.Name)]
public sealed class DeliveryQueueTests(TradingSystem system)
{
    private const int Events = 60;
    private const int Share = 8;

    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _never = TimeSpan.FromDays(1000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DeliveryQueue Queue => new(system.Database);

    [Fact]
    public async Task Two_replicas_deliver_once()
    {
        var (user, webhook, receiver) = await SubscribedAsync();
        await using var closing = receiver;
        await HappenAsync(user, Events);
        var claimed = new HashSet<Guid>();

        // This test is the second replica: what it claims it keeps, so that each event has one of two ends.
        await Eventually.IsTrueAsync(
            async () =>
            {
                await Queue.RelayAsync(10, Cancellation);
                var parts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ClaimAsync(4)));
                foreach (var delivery in parts.SelectMany(part => part).Where(part => part.WebhookId == webhook))
                {
                    Assert.True(claimed.Add(delivery.EventId), "Claimed twice.");
                    await Queue.FinishAsync(delivery, new TryOutcome(200, 1, null), null, _never, Cancellation);
                }

                return claimed.Count + receiver.Received.Count >= Events;
            },
            "every event has been taken");

        var sent = receiver.Received.Select(hook => Guid.Parse((string)JsonNode.Parse(hook.Body)!["id"]!)).ToList();
        Assert.NotEmpty(claimed);
        Assert.Equal(sent.Count, sent.Distinct().Count());
        Assert.Empty(claimed.Intersect(sent));
        Assert.Equal(Events, claimed.Count + sent.Count);
    }

    [Fact]
    public async Task What_a_dead_replica_had_claimed_another_sends_when_the_lease_is_over()
    {
        var (user, webhook, receiver) = await SubscribedAsync();
        await using var closing = receiver;
        ClaimedDelivery? lost = null;
        await Eventually.IsTrueAsync(
            async () =>
            {
                await HappenAsync(user, 1);
                await Queue.RelayAsync(100, Cancellation);
                lost = (await Queue.ClaimAsync(100, 100, [], TimeSpan.FromSeconds(1), Cancellation))
                    .FirstOrDefault(delivery => delivery.WebhookId == webhook);
                return lost is not null;
            },
            "the test is first");

        await Eventually.IsTrueAsync(
            () => Task.FromResult(receiver.Received.Any(hook => Id(hook) == lost!.EventId)), "the API has taken over");
        await Eventually.IsTrueAsync(async () => await StatusAsync(lost!) == "delivered", "its end is written down");
        // The dead one wakes up.
        await Queue.FinishAsync(lost!, new TryOutcome(null, 1, "late"), null, _never, Cancellation);

        Assert.Equal("delivered", await StatusAsync(lost!));
    }

    [Fact]
    public async Task An_event_and_what_caused_it_are_stored_together_or_not_at_all()
    {
        await using var connection = await system.Database.OpenConnectionAsync(Cancellation);
        var action = $"a{Guid.NewGuid():n}";
        var audit = new Data.Audit.AuditStore(system.Database, null!);
        var row = new Data.Audit.AuditRow { Time = DateTime.UnixEpoch, Action = action, Outcome = "success" };
        var ofNobody = new OutboxEvent { UserId = Guid.NewGuid(), Type = "test", Data = "{}", CreatedAt = DateTime.UnixEpoch };

        await Assert.ThrowsAsync<PostgresException>(() => audit.AppendAsync([row], ofNobody, Cancellation));

        await using var count = new NpgsqlCommand("SELECT count(*) FROM audit_events WHERE action = $1", connection);
        count.Parameters.AddWithValue(action);
        Assert.Equal(0L, await count.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Old_events_are_removed_with_their_deliveries_and_newer_ones_stay()
    {
        var (user, webhook, receiver) = await SubscribedAsync();
        await using var closing = receiver;
        await HappenAsync(user, 2);
        var hooks = await receiver.ReceiveAsync(2);
        await using var age = system.Database.CreateCommand(
            "UPDATE outbox_events SET created_at = now() - interval '400 days' WHERE id = $1");
        age.Parameters.AddWithValue(Id(hooks[0]));
        await age.ExecuteNonQueryAsync(Cancellation);

        Assert.True(await Queue.ForgetAsync(TimeSpan.FromDays(365), Cancellation) >= 1);

        await using var left = system.Database.CreateCommand("SELECT event_id FROM webhook_deliveries WHERE webhook_id = $1");
        left.Parameters.AddWithValue(webhook);
        Assert.Equal(Id(hooks[1]), await left.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Nothing_is_sent_for_a_disabled_account()
    {
        var (user, webhook, receiver) = await SubscribedAsync();
        await using var closing = receiver;
        await HappenAsync(user, 1);
        await receiver.ReceiveAsync(1);
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;

        await admin.Api.ChangeUserAsync(user, new UserChangeRequest(Disabled: true), Cancellation);
        await HappenAsync(user, 1);
        await Eventually.IsTrueAsync(async () => await WaitingAsync(user) == 0, "the event was looked at");

        await using var made = system.Database.CreateCommand("SELECT count(*) FROM webhook_deliveries WHERE webhook_id = $1");
        made.Parameters.AddWithValue(webhook);
        Assert.Equal(1L, await made.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task One_user_does_not_get_all_that_is_sent_at_once()
    {
        var (a, _, receiverOfA) = await SubscribedAsync();
        var (b, _, receiverOfB) = await SubscribedAsync();
        await using var closingA = receiverOfA;
        await using var closingB = receiverOfB;
        await HappenAsync(a, Share * 3);
        await HappenAsync(b, 1);
        await Queue.RelayAsync(1000, Cancellation);

        var claimed = await Queue.ClaimAsync(1000, Share, [], _lease, Cancellation);
        var ofOthers = await Queue.ClaimAsync(1000, Share, [a], _lease, Cancellation);

        Assert.True(claimed.Count(delivery => delivery.UserId == a) <= Share);
        Assert.DoesNotContain(ofOthers, delivery => delivery.UserId == a);
        await ReleaseAsync([.. claimed, .. ofOthers]);
        await receiverOfA.ReceiveAsync(Share * 3);
        await receiverOfB.ReceiveAsync(1);
    }

    private static Guid Id(ReceivedHook hook) => Guid.Parse((string)JsonNode.Parse(hook.Body)!["id"]!);

    private Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int limit) =>
        Queue.ClaimAsync(limit, limit, [], _lease, Cancellation);

    private async Task<(Guid User, Guid Webhook, HookReceiver Receiver)> SubscribedAsync()
    {
        var user = await system.SignInAsync(Cancellation);
        user.Http.Dispose();
        var receiver = await HookReceiver.StartAsync();
        var made = await user.Api.CreateWebhookAsync(
            new WebhookRequest(receiver.Url.ToString(), [WebhookEventTypes.TokenReused]), Cancellation);
        return (user.Id, made.Details.Id, receiver);
    }

    private async Task HappenAsync(Guid user, int times)
    {
        await using var connection = await system.Database.OpenConnectionAsync(Cancellation);
        await using var batch = new NpgsqlBatch(connection);
        for (var time = 0; time < times; time++)
        {
            batch.BatchCommands.Add(new OutboxEvent
            {
                UserId = user,
                Type = WebhookEventTypes.TokenReused,
                Data = "{}",
                CreatedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
            }.ToCommand());
        }

        await batch.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<string?> StatusAsync(ClaimedDelivery delivery)
    {
        await using var command = system.Database.CreateCommand(
            "SELECT status FROM webhook_deliveries WHERE webhook_id = $1 AND event_id = $2");
        command.Parameters.AddWithValue(delivery.WebhookId);
        command.Parameters.AddWithValue(delivery.EventId);
        return await command.ExecuteScalarAsync(Cancellation) as string;
    }

    private async Task<long> WaitingAsync(Guid user)
    {
        await using var command = system.Database.CreateCommand(
            "SELECT count(*) FROM outbox_events WHERE user_id = $1 AND relayed_at IS NULL");
        command.Parameters.AddWithValue(user);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task ReleaseAsync(IReadOnlyList<ClaimedDelivery> claimed)
    {
        await using var command = system.Database.CreateCommand(
            "UPDATE webhook_deliveries SET next_try_at = now() WHERE status = 'pending' AND event_id = ANY ($1)");
        command.Parameters.AddWithValue(claimed.Select(delivery => delivery.EventId).ToArray());
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
