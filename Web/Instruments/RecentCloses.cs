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

        var client = services.GetRequiredService<TradingClient>();
        // Thirty sessions lie within fifty days, holidays included.
        var query = new BarQuery { From = last.AddDays(-50).ToString("O") };
        var page = await client.GetBarsPageAsync(instrument.Ticker, query, cancellationToken);
        return [.. page.Items.TakeLast(Sessions).Select(bar => bar.Close)];
    }

    private sealed record Entry(IReadOnlyList<double> Closes, DateTimeOffset Read);
}
