namespace Trading.PricingWorker.Providers.Http;

/// <summary>
/// What all tries and the pauses between them may take together. It stands still while they wait for their turn:
/// whoever stands in a long queue has not been refused.
/// </summary>
internal sealed class AskingTime : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _either;
    private TimeSpan _left;
    private long _since;

    public AskingTime(TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        (_time, _left, _since) = (time, most, time.GetTimestamp());
        _over = new CancellationTokenSource(most, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancellationToken);
        Token = _either.Token;
    }

    /// <summary>Ends with it, or when nobody wants the answer any more.</summary>
    public CancellationToken Token { get; }

    public bool IsOver => _over.IsCancellationRequested;

    public void Pause()
    {
        _left -= _time.GetElapsedTime(_since);
        _over.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Resume()
    {
        _since = _time.GetTimestamp();
        _over.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
    }

    public void Dispose()
    {
        _either.Dispose();
        _over.Dispose();
    }
}
