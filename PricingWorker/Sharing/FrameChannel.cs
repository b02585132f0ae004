using StackExchange.Redis;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.Quotes;
using Trading.ServiceDefaults.Redis;

namespace Trading.PricingWorker.Sharing;

/// <summary>
/// Hands a frame to Redis in one step: its leases are compared with the newest that Redis knows, it gets the number that
/// follows all workers' frames, and goes to the stream, to the hash of newest quotes and to the channel. So frames of several
/// workers are in one order everywhere, and none comes from a worker whose lease another took.
/// </summary>
internal static class FrameChannel
{
    // KEYS: sequence, fences, stream, hash, the sender's newest number. ARGV: channel, least sequence, frame, stream's length
    // or 0, 1 to tell it, number of fences, then shard and token of each, then ticker and frame of each quote. A Redis that
    // has forgotten the sequence goes on from its clock: meanwhile workers numbered by theirs. unpack takes up to 8000 values.
    private const string Script =
        """
        local at = 7 + 2 * tonumber(ARGV[6])
        for i = 7, at - 1, 2 do
            local known = tonumber(redis.call('HGET', KEYS[2], ARGV[i]) or '0')
            local shown = tonumber(ARGV[i + 1])
            if known > shown then
                return -1 - tonumber(ARGV[i])
            elseif known < shown then
                redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
            end
        end
        local wanted = tonumber(ARGV[2])
        local last = tonumber(redis.call('GET', KEYS[1]) or '0')
        if ARGV[4] ~= '0' then
            if wanted <= tonumber(redis.call('GET', KEYS[5]) or '0') then
                return last
            end
            redis.call('SET', KEYS[5], ARGV[2], 'EX', 3600)
        end
        if last == 0 then
            local now = redis.call('TIME')
            last = tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000)
        end
        local sequence = math.max(last + 1, wanted)
        redis.call('SET', KEYS[1], string.format('%.0f', sequence))
        local frame = ARGV[3]
        if sequence ~= wanted then
            local number = struct.pack('<i8', sequence)
            frame = string.sub(frame, 1, 4) .. number .. string.sub(frame, 13)
            for i = at + 1, #ARGV, 2 do
                ARGV[i] = string.sub(ARGV[i], 1, 4) .. number .. string.sub(ARGV[i], 13)
            end
        end
        if ARGV[4] ~= '0' then
            redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[4], '*', 'f', frame)
        end
        if ARGV[5] == '1' then
            for i = at, #ARGV, 4000 do
                redis.call('HSET', KEYS[4], unpack(ARGV, i, math.min(i + 3999, #ARGV)))
            end
            redis.call('PUBLISH', ARGV[1], frame)
        end
        return sequence
        """;

    private const string Raise =
        """
        if tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') < tonumber(ARGV[2]) then
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        end
        return 1
        """;

    private const string Channel = "quotes:frames";
    private const string Fences = "quotes:fences";

    private static readonly RedisKey[] _fences = [Fences];

    /// <summary>Publishes a frame.</summary>
    /// <param name="database">Redis.</param>
    /// <param name="sender">This worker: what it sends again, as no answer came in time, goes to the stream once.</param>
    /// <param name="frame">The frame; its number is the least that it gets.</param>
    /// <param name="streamLength">How many frames the stream keeps; 0 leaves the frame out of it.</param>
    /// <param name="isNews">False where only the stream has not had it.</param>
    /// <returns>The frame's number, or a shard that another worker has taken: then nothing was done.</returns>
    public static async Task<Published> PublishAsync(
        IDatabase database, string sender, TickFrame frame, int streamLength, bool isNews)
    {
        var quotes = isNews ? LatestHash.Entries(frame) : [];
        var arguments = new List<RedisValue>(6 + (2 * frame.Fences.Length) + (2 * quotes.Length))
        {
            Channel, frame.Sequence, frame.Bytes, streamLength, isNews ? 1 : 0, frame.Fences.Length,
        };
        foreach (var (shard, token) in frame.Fences)
        {
            arguments.Add(shard);
            arguments.Add(token);
        }

        foreach (var quote in quotes)
        {
            arguments.Add(quote.Name);
            arguments.Add(quote.Value);
        }

        RedisKey[] keys = ["quotes:sequence", Fences, TickStream.Key, LatestHash.Key, "quotes:sent:" + sender];
        var number = (long)await RedisScript.RunAsync(database, Script, keys, [.. arguments]);
        return number < 0 ? new(0, (int)(-1 - number)) : new(number, null);
    }

    /// <summary>Tells Redis of a lease before anything is published under it: what its last holder still sends is refused.</summary>
    public static Task RaiseAsync(RedisGate gate, ShardFence fence) => gate.AskAsync(database =>
        RedisScript.RunAsync(database, Raise, _fences, [fence.Shard, fence.Token]));
}

/// <summary>What became of a frame.</summary>
/// <param name="Sequence">Its number among all workers' frames.</param>
/// <param name="StaleShard">A shard that another worker has taken since; null where there is none.</param>
internal readonly record struct Published(long Sequence, int? StaleShard);
