using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Trading.ServiceDefaults.Redis;

namespace Trading.Data.Locks;

/// <summary>
/// Locks that all replicas know. A lock is leased in Redis, and renewed while it is held; where Redis is away it is a lock
/// of a PostgreSQL session. Either way the holder gets a token from PostgreSQL, larger than any before: who writes checks it,
/// so that a holder that was paused past its lease, or a Redis that forgot everything, spoils nothing.
/// </summary>
public sealed class SharedLocks
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(500);

    private readonly RedisLeases _leases;
    private readonly SessionLocks _sessions;
    private readonly FenceStore _fences;
    private readonly RedisGate _gate;
    private readonly TimeProvider _time;
    private readonly ILogger<SharedLocks> _logger;
    private readonly Counter<long> _taken;

    public SharedLocks(
        RedisGate gate,
        NpgsqlDataSource database,
        FenceStore fences,
        IMeterFactory meters,
        TimeProvider time,
        ILogger<SharedLocks> logger)
    {
        (_gate, _fences, _time, _logger) = (gate, fences, time, logger);
        _leases = new RedisLeases(gate);
        _sessions = new SessionLocks(database);
        _taken = meters.Create("Trading.Locks").CreateCounter<long>(
            "trading.lock.acquired", "{lock}", "Locks taken, by where they are kept.");
    }

    /// <summary>Takes a lock if nobody holds it.</summary>
    /// <param name="name">The lock.</param>
    /// <param name="lease">How long it stays taken when its holder dies; half a second at least.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lock; null where another holds it.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away: nobody can be given a token.</exception>
    public async Task<SharedLock?> TryAcquireAsync(string name, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lease, _shortest);
        var owner = Guid.CreateVersion7().ToString("N");
        var startedAt = _time.GetTimestamp();
        var taken = _gate.IsOpen ? await _leases.TryTakeAsync(name, owner, lease) : null;
        return taken switch
        {
            true => await WithLeaseAsync(name, owner, lease, startedAt, cancellationToken),
            false => null,
            null => await WithSessionAsync(name, owner, lease, cancellationToken),
        };
    }

    /// <summary>Waits until the lock is free, and takes it.</summary>
    /// <param name="name">The lock.</param>
    /// <param name="lease">How long it stays taken when its holder dies.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SharedLock> AcquireAsync(string name, TimeSpan lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryAcquireAsync(name, lease, cancellationToken) is { } held)
            {
                return held;
            }

            await Task.Delay(lease / 10, _time, cancellationToken);
        }
    }

    // Whoever took it while Redis was away still holds it there.
    private async Task<SharedLock?> WithLeaseAsync(
        string name, string owner, TimeSpan lease, long startedAt, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await _sessions.TryTakeAsync(name, lease, cancellationToken);
            if (session is not null)
            {
                var token = await _fences.NextAsync(session.Connection, name, cancellationToken);
                _taken.Add(1, new KeyValuePair<string, object?>("backend", "redis"));
                return new SharedLock(name, token, owner, lease, startedAt, null, _leases, _sessions, _fences, _time, _logger);
            }
        }
        catch
        {
            await _leases.ReleaseAsync(name, owner);
            throw;
        }

        await _leases.ReleaseAsync(name, owner);
        return null;
    }

    // Who held it when Redis went away may still: its lease has run out, or PostgreSQL has its lock.
    private async Task<SharedLock?> WithSessionAsync(
        string name, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        if (_gate.ClosedFor < lease)
        {
            return null;
        }

        var session = await _sessions.TryTakeAsync(name, lease, cancellationToken);
        if (session is null)
        {
            return null;
        }

        try
        {
            var startedAt = _time.GetTimestamp();
            var token = await _fences.NextAsync(session.Connection, name, cancellationToken);
            _taken.Add(1, new KeyValuePair<string, object?>("backend", "postgresql"));
            return new SharedLock(name, token, owner, lease, startedAt, session, _leases, _sessions, _fences, _time, _logger);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
