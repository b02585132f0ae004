using Trading.ApiService.Quotes;
using Trading.Domain.Market;

namespace Trading.ApiService.Instruments;

/// <summary>Reads every instrument from the store.</summary>
internal delegate Task<IReadOnlyList<Instrument>> ReadInstruments(CancellationToken cancellationToken);

/// <summary>
/// The known instruments, in memory, so that a question about a ticker costs no query. It goes on with what it knew
/// while the database is away.
/// </summary>
internal sealed partial class InstrumentDirectory(
    ReadInstruments read, QuoteBoard board, TimeProvider time, ILogger<InstrumentDirectory> logger) : BackgroundService
{
    private static readonly TimeSpan _refreshEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _retryEvery = TimeSpan.FromSeconds(1);

    // An instrument that was added a moment ago is found this late at most, and unknown tickers cannot become a load.
    private static readonly TimeSpan _missAge = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Dictionary<string, Instrument>? _known;
    private long _readAt;
    private volatile bool _outdated;
    private bool _failing;

    /// <summary>The instrument of a ticker, null where there is none.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was read yet, and the database is away.</exception>
    public async ValueTask<Instrument?> FindAsync(string ticker, CancellationToken cancellationToken)
    {
        if (_known is { } known && known.TryGetValue(ticker, out var instrument))
        {
            return instrument;
        }

        await RefreshAsync(_missAge, cancellationToken);
        return _known is { } read
            ? read.GetValueOrDefault(ticker)
            : throw new StoreUnavailableException("The instruments could not be read yet.");
    }

    /// <summary>Has the next question about a ticker that is not known read them again at once.</summary>
    public void Outdate() => _outdated = true;

    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RefreshAsync(TimeSpan.Zero, stoppingToken);
            await Task.Delay(_known is null ? _retryEvery : _refreshEvery, time, stoppingToken);
        }
    }

    private async Task RefreshAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_readAt == 0 || _outdated || time.GetElapsedTime(_readAt) >= maxAge)
            {
                // Before it is read: what changes meanwhile has to be read again.
                _outdated = false;
                await ReadAsync(cancellationToken);
                _failing = false;
                _readAt = time.GetTimestamp();
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _readAt = time.GetTimestamp();
            if (!_failing)
            {
                _failing = true;
                LogFailed(exception.Message);
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var instruments = await read(cancellationToken);
        var known = new Dictionary<string, Instrument>(instruments.Count, StringComparer.Ordinal);
        foreach (var instrument in instruments)
        {
            known[instrument.Ticker] = instrument;
            board.Ensure(instrument.Ticker);
        }

        _known = known;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The instruments could not be read, going on with those known: {Reason}")]
    private partial void LogFailed(string reason);
}
