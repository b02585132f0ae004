using StackExchange.Redis;
using Trading.Domain.Market;
using Trading.PricingWorker.Quotes;

namespace Trading.PricingWorker.Bars;

/// <summary>
/// The stream <c>quotes:ticks</c> and its consumer group <c>bars</c>. Reads never block on the server: the connection
/// is shared, and a blocked one would hold up everything else.
/// </summary>
internal sealed class TickStream(RedisLink redis)
{
    public const string Key = "quotes:ticks";
    private const string Group = "bars";
    private const int PageSize = 64;
    private const int ClaimSize = 1000;

    private readonly string _consumer = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>The sequence of the newest frame in the stream; 0 where there is none.</summary>
    public async Task<long> NewestSequenceAsync(CancellationToken cancellationToken)
    {
        var newest = await RunAsync(["XREVRANGE", Key, "+", "-", "COUNT", 1], cancellationToken);
        return Entries(newest) is [var entry] && QuoteFrame.TryOpen(entry.Frame, out var header, out _)
            ? header.Sequence
            : 0;
    }

    /// <summary>Creates the group where it is missing, from the start of the stream.</summary>
    public async Task EnsureGroupAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(["XGROUP", "CREATE", Key, Group, "0", "MKSTREAM"], cancellationToken);
        }
        catch (RedisServerException error) when (error.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // It is there already.
        }
    }

    /// <summary>
    /// Takes over what other consumers read and did not acknowledge, however lately: the lease says that they are gone.
    /// They are then deleted, or each restart would leave one behind.
    /// </summary>
    public async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        var cursor = "0-0";
        do
        {
            var reply = await RunAsync(
                ["XAUTOCLAIM", Key, Group, _consumer, 0, cursor, "COUNT", ClaimSize, "JUSTID"], cancellationToken);
            cursor = Text(Items(reply)[0]);
        }
        while (cursor != "0-0");

        await RemoveOtherConsumersAsync(cancellationToken);
    }

    /// <summary>What was read before and not acknowledged, after an id.</summary>
    public Task<IReadOnlyList<TickEntry>> ReadPendingAsync(string after, CancellationToken cancellationToken) =>
        ReadAsync(after, cancellationToken);

    /// <summary>What nobody has read yet; empty at the end of the stream.</summary>
    public Task<IReadOnlyList<TickEntry>> ReadNewAsync(CancellationToken cancellationToken) =>
        ReadAsync(">", cancellationToken);

    public Task AcknowledgeAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask : RunAsync(["XACK", Key, Group, .. ids], cancellationToken);

    private async Task RemoveOtherConsumersAsync(CancellationToken cancellationToken)
    {
        var consumers = await RunAsync(["XINFO", "CONSUMERS", Key, Group], cancellationToken);
        foreach (var consumer in Items(consumers))
        {
            var name = Text(Items(consumer)[1]);
            if (name != _consumer)
            {
                await RunAsync(["XGROUP", "DELCONSUMER", Key, Group, name], cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<TickEntry>> ReadAsync(string from, CancellationToken cancellationToken)
    {
        var reply = await RunAsync(
            ["XREADGROUP", "GROUP", Group, _consumer, "COUNT", PageSize, "STREAMS", Key, from], cancellationToken);
        if (reply.IsNull)
        {
            return [];
        }

        var stream = Items(reply)[0];
        return Entries(Items(stream)[1]);
    }

    private static IReadOnlyList<TickEntry> Entries(RedisResult entries) =>
        [.. Items(entries).Select(EntryOf)];

    private static TickEntry EntryOf(RedisResult entry)
    {
        var parts = Items(entry);
        var fields = Items(parts[1]);
        return new TickEntry(Text(parts[0]), fields.Length > 1 ? (byte[]?)fields[1] : null);
    }

    private static RedisResult[] Items(RedisResult result) => (RedisResult[]?)result ?? [];

    private static string Text(RedisResult result) => (string?)result ?? string.Empty;

    private Task<RedisResult> RunAsync(object[] command, CancellationToken cancellationToken) =>
        redis.RunAsync(
            db => db.ExecuteAsync((string)command[0], command[1..]), RedisLink.Bulk, cancellationToken);
}
