using Microsoft.Extensions.Options;
using Trading.Data.Locks;
using Trading.Data.Schema;
using Trading.ServiceDefaults.Redis;

namespace Trading.PricingWorker.Sharing;

/// <summary>
/// Shares the quoted instruments among the workers that live: each leases its part of the shards, gives away what is more when
/// another joins, and takes what is free when one leaves or dies.
/// </summary>
internal sealed partial class ShardLeases(
    SchemaState schema,
    SharedLocks locks,
    Workforce workforce,
    RedisGate gate,
    IOptions<ShareOptions> options,
    TimeProvider time,
    ILogger<ShardLeases> logger) : BackgroundService
{
    // Redis is not reached yet when a worker starts, or another is about to give some away.
    private static readonly TimeSpan _periodWithoutAny = TimeSpan.FromMilliseconds(100);

    private readonly SharedLock?[] _held = new SharedLock?[Shard.Count];
    private readonly long[] _refused = new long[Shard.Count];
    private readonly int _first = Random.Shared.Next(Shard.Count);
    private readonly TaskCompletionSource _shared = NewSignal();
    private TaskCompletionSource _changed = NewSignal();
    private OwnShards _own = OwnShards.None;
    private (int Workers, int Share) _part = (1, Shard.Count);
    private bool _failing;

    public OwnShards Own => Volatile.Read(ref _own);

    /// <summary>How many workers live, as far as this one knows, itself included.</summary>
    public int Workers => _part.Workers;

    /// <summary>Completes when this worker has a part, or knows of others that may have it all.</summary>
    public Task WhenShared => _shared.Task;

    /// <summary>Completes when <see cref="Own"/> changes next.</summary>
    public Task WhenChanged => Volatile.Read(ref _changed).Task;

    /// <summary>
    /// Redis knows a newer token: another worker was given it, as it could not see this one's lease. A lease under an older
    /// one is of no use, and would keep everybody from the shard.
    /// </summary>
    public void Refuse(ShardFence fence) => Volatile.Write(ref _refused[fence.Shard], fence.Token);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await schema.WhenReady.WaitAsync(stoppingToken);
            while (true)
            {
                await TryShareAsync(stoppingToken);
                await Task.Delay(Own.Count == 0 ? _periodWithoutAny : options.Value.Period, time, stoppingToken);
            }
        }
        finally
        {
            await GiveBackAsync();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task TryShareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ShareAsync(cancellationToken);
            _failing = false;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                _failing = true;
                LogUnshared(error.Message);
            }
        }
    }

    private async Task ShareAsync(CancellationToken cancellationToken)
    {
        await DropLostAsync();
        _part = await workforce.CountAsync(options.Value.Lease + options.Value.Period) ?? _part;
        await GiveAwayAsync(Own.Count - _part.Share);
        await TakeAsync(_part.Share - Own.Count, cancellationToken);
        if (Own.Count > 0 || _part.Workers > 1)
        {
            _shared.TrySetResult();
        }
    }

    private async Task TakeAsync(int count, CancellationToken cancellationToken)
    {
        var taken = 0;
        try
        {
            for (var step = 0; step < Shard.Count && taken < count; step++)
            {
                var shard = (_first + step) % Shard.Count;
                if (_held[shard] is null
                    && await locks.TryAcquireAsync($"quotes:{shard}", options.Value.Lease, cancellationToken) is { } free)
                {
                    await FrameChannel.RaiseAsync(gate, new ShardFence(shard, free.Token));
                    _held[shard] = free;
                    taken++;
                }
            }
        }
        finally
        {
            if (taken > 0)
            {
                Renew();
            }
        }
    }

    private async Task DropLostAsync()
    {
        for (var shard = 0; shard < Shard.Count; shard++)
        {
            if (_held[shard] is { } lost && (!lost.IsHeld || lost.Token <= Volatile.Read(ref _refused[shard])))
            {
                _held[shard] = null;
                Renew();
                LogLost(shard);
                await lost.DisposeAsync();
            }
        }
    }

    // What is quoted stops first: whoever takes the shard next goes on from there.
    private async Task GiveAwayAsync(int count)
    {
        for (var step = Shard.Count - 1; step >= 0 && count > 0; step--)
        {
            var shard = (_first + step) % Shard.Count;
            if (_held[shard] is { } given)
            {
                _held[shard] = null;
                Renew();
                await given.DisposeAsync();
                count--;
            }
        }
    }

    private async Task GiveBackAsync()
    {
        var held = _held.OfType<SharedLock>().ToArray();
        Array.Clear(_held);
        Renew();
        await Task.WhenAll(held.Select(one => one.DisposeAsync().AsTask()));
        await workforce.LeaveAsync();
    }

    private void Renew()
    {
        Volatile.Write(ref _own, new OwnShards([.. _held]));
        Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
    }

    [LoggerMessage(LogLevel.Warning, "The lease of shard {Shard} is lost; its instruments are quoted by whoever takes it")]
    private partial void LogLost(int shard);

    [LoggerMessage(LogLevel.Warning, "The instruments cannot be shared out anew ({Reason}); each worker keeps those it has")]
    private partial void LogUnshared(string reason);
}
