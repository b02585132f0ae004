namespace Trading.ServiceDefaults.Cache;

/// <summary>
/// One read of a key on behalf of all who ask for it at a time. It goes on while anyone waits for it, whoever began it,
/// and is given up when the last one goes.
/// </summary>
internal abstract class Flight(TagStamp stamp) : IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();
    private readonly Lock _gate = new();
    private int _waiting;
    private bool _over;
    private bool _outdated;

    /// <summary>The tags' counts from before the read.</summary>
    public TagStamp Stamp => stamp;

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Whether what it reads may be older than an invalidation, and must not be kept.</summary>
    public bool IsOutdated => Volatile.Read(ref _outdated);

    public void Outdate() => Volatile.Write(ref _outdated, true);

    /// <summary>False where it is over or given up.</summary>
    public bool TryJoin()
    {
        lock (_gate)
        {
            _waiting += _over ? 0 : 1;
            return !_over;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_waiting > 0 || _over)
            {
                return;
            }

            _over = true;
            // The read ends some time after, on another thread; only then is this disposed of.
            _ = _abandoned.CancelAsync();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
            _abandoned.Dispose();
        }
    }

    /// <summary>No one may join from here on.</summary>
    protected void End()
    {
        lock (_gate)
        {
            _over = true;
        }
    }
}

/// <summary>A read of a value of one type.</summary>
internal sealed class Flight<T>(TagStamp stamp) : Flight(stamp)
    where T : class
{
    private readonly TaskCompletionSource<CacheRead<T>> _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<CacheRead<T>> Landed => _landed.Task;

    public void Land(CacheRead<T> read)
    {
        End();
        _landed.TrySetResult(read);
    }

    public void Fail(Exception error)
    {
        End();
        _landed.TrySetException(error);
        // Where nobody waits any more, nobody has to hear of it.
        _ = _landed.Task.Exception;
    }
}
