using System.Collections.Concurrent;
using Trading.Contracts;

namespace Trading.Web.Instruments;

/// <summary>
/// The daily closes of the last weeks, for sparklines; read once in ten minutes per instrument, a few at a time.
/// </summary>
public sealed class RecentCloses(IServiceProvider services, TimeProvider time) : IDisposable
{
    public const int Sessions = 30;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Entry> _closes = new();
    private readonly SemaphoreSlim _reading = new(4);

    public async Task<IReadOnlyList<double>> OfAsync(InstrumentResponse instrument, CancellationToken cancellationToken)
    {
        if (_closes.TryGetValue(instrument.Ticker, out var known) && time.GetUtcNow() - known.Read < MaxAge)
        {
            return known.Closes;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            var closes = await ReadAsync(instrument, cancellationToken);
            _closes[instrument.Ticker] = new Entry(closes, time.GetUtcNow());
            return closes;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<IReadOnlyList<double>> ReadAsync(
        InstrumentResponse instrument, CancellationToken cancellationToken)
    {
        if (instrument.LastSession is not { } last)
        {
            return [];
        }

        // Thirty sessions lie within fifty days, holidays included; where they do not, the history has a gap.
        var closes = await ReadAsync(instrument.Ticker, last.AddDays(-50), cancellationToken);
        return closes.Count < Sessions / 2 && instrument.FirstSession is { } first
            ? await ReadAsync(instrument.Ticker, first, cancellationToken)
            : closes;
    }

    private async Task<IReadOnlyList<double>> ReadAsync(
        string ticker, DateOnly from, CancellationToken cancellationToken)
    {
        var client = services.GetRequiredService<TradingClient>();
        var query = new BarQuery { From = from.ToString("O"), Limit = 10_000 };
        var closes = new Queue<double>();
        await foreach (var bar in client.GetBarsAsync(ticker, query, cancellationToken))
        {
            closes.Enqueue(bar.Close);
            if (closes.Count > Sessions)
            {
                closes.Dequeue();
            }
        }

        return [.. closes];
    }

    private sealed record Entry(IReadOnlyList<double> Closes, DateTimeOffset Read);
}
