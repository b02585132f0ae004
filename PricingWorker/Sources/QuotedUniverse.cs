using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Trading.Data.Instruments;
using Trading.Data.Schema;
using Trading.Domain.Market;
using Trading.PricingWorker.Sharing;

namespace Trading.PricingWorker.Sources;

/// <summary>Follows the instruments in the database, so that what is imported is quoted without a restart.</summary>
internal sealed partial class QuotedUniverse(
    SchemaState schema,
    ShardLeases shards,
    InstrumentStore instruments,
    QuoteStarts starts,
    IQuoteSource source,
    IOptions<QuoteOptions> options,
    TimeProvider time,
    ILogger<QuotedUniverse> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PeriodWhileEmpty = TimeSpan.FromMilliseconds(500);

    private readonly Channel<UniverseChange> _changes = Channel.CreateUnbounded<UniverseChange>();
    private HashSet<string> _quoted = [];
    private IReadOnlySet<string> _all = new HashSet<string>();
    private IReadOnlyDictionary<AssetClass, int> _counts = new Dictionary<AssetClass, int>();
    private OwnShards? _madeFor;
    private bool _failing;

    public ChannelReader<UniverseChange> Changes => _changes.Reader;

    /// <summary>What is quoted, by whichever worker; empty before it is known.</summary>
    public IReadOnlySet<string> All => Volatile.Read(ref _all);

    /// <summary>How many instruments of a class this worker quotes.</summary>
    public int CountOf(AssetClass assetClass) => Volatile.Read(ref _counts).GetValueOrDefault(assetClass);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenReady.WaitAsync(stoppingToken);
        await shards.WhenShared.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = shards.WhenChanged;
            await TryReloadAsync(stoppingToken);
            await Task.WhenAny(
                changed, Task.Delay(_quoted.Count == 0 || _failing ? PeriodWhileEmpty : Period, time, stoppingToken));
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private async Task TryReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReloadAsync(cancellationToken);
            _failing = false;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                LogFailed(error);
            }

            _failing = true;
        }
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var own = shards.Own;
        var all = (await instruments.AllAsync(cancellationToken))
            .Where(instrument => options.Value.Selects(instrument.Ticker))
            .Take(options.Value.Limit)
            .ToList();
        var tickers = all.Select(instrument => instrument.Ticker).ToHashSet();
        if (!tickers.SetEquals(All))
        {
            Volatile.Write(ref _all, tickers);
        }

        var wanted = all.Where(instrument => own.Has(instrument.Ticker)).ToDictionary(instrument => instrument.Ticker);
        // What is had by another lease than before may have been another worker's meanwhile: it is taken up anew.
        var removed = _quoted.Where(ticker => !wanted.ContainsKey(ticker) || !own.HasSince(_madeFor, ticker)).ToHashSet();
        _quoted = [.. _quoted.Except(removed)];
        Instrument[] fresh = [.. wanted.Values.Where(instrument => !_quoted.Contains(instrument.Ticker))];
        if (removed.Count > 0)
        {
            _changes.Writer.TryWrite(new UniverseChange([], [.. removed], _quoted) { Own = own });
        }

        var added = fresh.Length == 0 ? [] : await PrepareAsync(fresh, cancellationToken);
        // A worker that has no part of them ticks all the same, ready for its share.
        if (added.Count > 0 || removed.Count > 0 || (all.Count > 0 && !ReferenceEquals(own, _madeFor)))
        {
            _quoted = [.. _quoted, .. added.Select(start => start.Instrument.Ticker)];
            _madeFor = own;
            Volatile.Write(
                ref _counts,
                all.Where(instrument => _quoted.Contains(instrument.Ticker)).CountBy(AssetClasses.ClassOf).ToDictionary());
            _changes.Writer.TryWrite(new UniverseChange(added, [], _quoted) { Own = own });
            LogChanged(_quoted.Count, added.Count, removed.Count);
        }
    }

    private async Task<IReadOnlyList<QuoteStart>> PrepareAsync(
        Instrument[] fresh, CancellationToken cancellationToken)
    {
        var ready = new List<QuoteStart>(fresh.Length);
        foreach (var part in fresh.GroupBy(source.PartFor))
        {
            var found = await starts.LoadAsync([.. part], part.Key.Source, cancellationToken);
            ready.AddRange(await part.Key.PrepareAsync(found, cancellationToken));
        }

        return ready;
    }

    [LoggerMessage(LogLevel.Information, "{Count} instruments are quoted: {Added} new, {Removed} gone.")]
    private partial void LogChanged(int count, int added, int removed);

    [LoggerMessage(LogLevel.Warning, "The instruments cannot be read; those known stay quoted.")]
    private partial void LogFailed(Exception error);
}
