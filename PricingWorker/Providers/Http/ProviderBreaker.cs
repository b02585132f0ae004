namespace Trading.PricingWorker.Providers.Http;

/// <summary>
/// Opens after so many failures in a row, and lets one try through when its time is over. Polly's breaker goes by the
/// share of failures within a window; of a provider that is asked every 15 seconds that says too little, too late.
/// </summary>
internal sealed class ProviderBreaker(int failures, TimeSpan breakFor, TimeProvider time)
{
    private readonly Lock _gate = new();
    private int _inARow;
    private long? _openedAt;
    private bool _isProbing;
    private int _turn;

    public BreakerState State
    {
        get
        {
            lock (_gate)
            {
                return _openedAt is not { } opened ? BreakerState.Closed
                    : _isProbing || time.GetElapsedTime(opened) >= breakFor ? BreakerState.HalfOpen
                    : BreakerState.Open;
            }
        }
    }

    /// <summary>Asks for a try; each that is let through ends in one of the three methods below.</summary>
    /// <param name="pass">
    /// Tells the try when it ends. It is void once the breaker has opened or closed: what was under way then says nothing
    /// of now.
    /// </param>
    /// <returns>How long the provider is still left alone; null where the try may begin.</returns>
    public TimeSpan? Enter(out int pass)
    {
        lock (_gate)
        {
            pass = _turn;
            if (_openedAt is not { } opened)
            {
                return null;
            }

            var left = breakFor - time.GetElapsedTime(opened);
            if (left > TimeSpan.Zero || _isProbing)
            {
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }

            _isProbing = true;
            pass = ++_turn;
            return null;
        }
    }

    public void Succeeded(int pass)
    {
        lock (_gate)
        {
            if (pass == _turn)
            {
                Turn(_openedAt is null ? pass : pass + 1, openedAt: null);
            }
        }
    }

    public void Failed(int pass)
    {
        lock (_gate)
        {
            if (pass == _turn && (_isProbing || ++_inARow >= failures))
            {
                Turn(pass + 1, time.GetTimestamp());
            }
        }
    }

    /// <summary>Nobody waits for the try any more.</summary>
    public void Left(int pass)
    {
        lock (_gate)
        {
            _isProbing &= pass != _turn;
        }
    }

    private void Turn(int turn, long? openedAt) => (_turn, _inARow, _openedAt, _isProbing) = (turn, 0, openedAt, false);
}
