using Microsoft.Extensions.Logging;
using Npgsql;

namespace Trading.Data.Locks;

/// <summary>
/// A lock that this process holds, until it is disposed of or lost. It renews itself three times in a lease. While Redis is
/// away it becomes a lock of a PostgreSQL session, unless another was given a token meanwhile.
/// </summary>
public sealed partial class SharedLock : IAsyncDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private readonly string _owner;
    private readonly TimeSpan _lease;
    private readonly RedisLeases _leases;
    private readonly SessionLocks _sessions;
    private readonly FenceStore _fences;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _renewing;
    private SessionLock? _session;
    private long _confirmedAt;

    internal SharedLock(
        string name,
        long token,
        string owner,
        TimeSpan lease,
        long startedAt,
        SessionLock? session,
        RedisLeases leases,
        SessionLocks sessions,
        FenceStore fences,
        TimeProvider time,
        ILogger logger)
    {
        (Name, Token, _owner, _lease, _session) = (name, token, owner, lease, session);
        (_leases, _sessions, _fences, _time, _logger) = (leases, sessions, fences, time, logger);
        _confirmedAt = startedAt;
        Lost = _lost.Token;
        _renewing = RenewAsync();
    }

    /// <summary>The lock.</summary>
    public string Name { get; }

    /// <summary>Larger than that of any holder before; for <see cref="FenceStore.HoldsAsync"/>.</summary>
    public long Token { get; }

    /// <summary>
    /// False once the lease may have run out: also at once after a pause longer than it, before any other code has run.
    /// </summary>
    public bool IsHeld => !_lost.IsCancellationRequested && !_released.IsCancellationRequested && Left > TimeSpan.Zero;

    /// <summary>Cancelled when another may hold the lock.</summary>
    public CancellationToken Lost { get; }

    private TimeSpan Left => _lease - _time.GetElapsedTime(Volatile.Read(ref _confirmedAt));

    /// <summary>Gives the lock back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_released.IsCancellationRequested)
        {
            return;
        }

        await _released.CancelAsync();
        await _renewing;
        await _leases.ReleaseAsync(Name, _owner);
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }

        _lost.Dispose();
        _released.Dispose();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(_lease / 3, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_released.Token))
            {
                if (Left <= TimeSpan.Zero || !await TryRenewAsync(_released.Token))
                {
                    break;
                }
            }
        }
        catch (Exception) when (_released.IsCancellationRequested)
        {
            return;
        }

        LogLost(Name);
        await _lost.CancelAsync();
    }

    /// <summary>False where another has the lock; true also where nobody can tell, until the lease has run out.</summary>
    private async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        var startedAt = _time.GetTimestamp();
        switch (await _leases.RenewAsync(Name, _owner, _lease))
        {
            case Renewal.Taken:
                return false;
            case Renewal.Renewed:
                Volatile.Write(ref _confirmedAt, startedAt);
                await DropSessionAsync();
                return true;
            default:
                return await TryConfirmAsync(startedAt, cancellationToken);
        }
    }

    // Redis is away, or lost the lease, or is back: PostgreSQL says whose the lock is.
    private async Task<bool> TryConfirmAsync(long startedAt, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(_lease / 4);
            _session ??= await _sessions.TryTakeAsync(Name, _lease, patience.Token);
            if (_session is null)
            {
                return false;
            }

            await _session.ConfirmAsync(_lease / 4, patience.Token);
            if (await _fences.ReadAsync(Name, patience.Token) != Token)
            {
                return false;
            }

            Volatile.Write(ref _confirmedAt, startedAt);
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is NpgsqlException or InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            LogUnconfirmed(Name, error.Message);
            await DropSessionAsync();
            return true;
        }
    }

    private async Task DropSessionAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lock {Name} is lost: its lease has run out, or another holds it")]
    private partial void LogLost(string name);

    [LoggerMessage(LogLevel.Information, "The lock {Name} is not confirmed yet: {Reason}")]
    private partial void LogUnconfirmed(string name, string reason);
}
