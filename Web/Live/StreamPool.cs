using System.Threading.Channels;
using Trading.Contracts;

namespace Trading.Web.Live;

/// <summary>As many streams as the subscriptions need, since a connection may have only so many: mostly one.</summary>
/// <param name="open">Makes a stream that is not running yet.</param>
internal sealed class StreamPool(Func<QuoteStream> open)
{
    private const int MaxTickers = 400;

    private readonly Lock _gate = new();
    private readonly List<(QuoteStream Stream, HashSet<string> Tickers)> _streams = [];
    private readonly Channel<QuoteStream> _opened = Channel.CreateUnbounded<QuoteStream>();

    /// <summary>The state of the stream that is worst off.</summary>
    public QuoteStreamState State
    {
        get
        {
            lock (_gate)
            {
                return _streams.Select(each => each.Stream.State).DefaultIfEmpty(QuoteStreamState.Idle).Max();
            }
        }
    }

    public void Subscribe(IEnumerable<string> tickers)
    {
        lock (_gate)
        {
            foreach (var together in tickers.GroupBy(PlaceFor))
            {
                _streams[together.Key].Stream.Subscribe(together);
            }
        }
    }

    public void Unsubscribe(IReadOnlyCollection<string> tickers)
    {
        lock (_gate)
        {
            foreach (var (stream, held) in _streams)
            {
                stream.Unsubscribe(tickers.Where(held.Remove).ToList());
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        try
        {
            await foreach (var stream in _opened.Reader.ReadAllAsync(cancellationToken))
            {
                running.Add(stream.RunAsync(cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(running);
        }
    }

    private int PlaceFor(string ticker)
    {
        var place = _streams.FindIndex(each => each.Tickers.Count < MaxTickers);
        if (place < 0)
        {
            place = _streams.Count;
            _streams.Add((open(), []));
            _opened.Writer.TryWrite(_streams[place].Stream);
        }

        _streams[place].Tickers.Add(ticker);
        return place;
    }
}
