using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Trading.Data.Instruments;
using Trading.Data.Schema;
using Trading.Domain.Market;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Sources;

/// <summary>Follows the instruments in the database, so that what is imported is quoted without a restart.</summary>
internal sealed partial class QuotedUniverse(
    SchemaState schema,
    WorkerLease lease,
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
    private bool _failing;

    public ChannelReader<UniverseChange> Changes => _changes.Reader;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenReady.WaitAsync(stoppingToken);
        await lease.WhenHeld.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryReloadAsync(stoppingToken);
            await Task.Delay(_quoted.Count == 0 ? PeriodWhileEmpty : Period, time, stoppingToken);
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
        var wanted = (await instruments.AllAsync(cancellationToken))
            .Where(instrument => options.Value.Selects(instrument.Ticker))
            .Take(options.Value.Limit)
            .ToDictionary(instrument => instrument.Ticker);
        var removed = _quoted.Where(ticker => !wanted.ContainsKey(ticker)).ToList();
        Instrument[] fresh = [.. wanted.Values.Where(instrument => !_quoted.Contains(instrument.Ticker))];
        var added = fresh.Length == 0 ? [] : await PrepareAsync(fresh, cancellationToken);
        if (added.Count > 0 || removed.Count > 0)
        {
            _quoted = [.. _quoted.Except(removed), .. added.Select(start => start.Instrument.Ticker)];
            _changes.Writer.TryWrite(new UniverseChange(added, removed, _quoted));
            LogChanged(_quoted.Count, added.Count, removed.Count);
        }
    }

    private async Task<IReadOnlyList<QuoteStart>> PrepareAsync(
        Instrument[] fresh, CancellationToken cancellationToken) =>
        await source.PrepareAsync(await starts.LoadAsync(fresh, source.Source, cancellationToken), cancellationToken);

    [LoggerMessage(LogLevel.Information, "{Count} instruments are quoted: {Added} new, {Removed} gone.")]
    private partial void LogChanged(int count, int added, int removed);

    [LoggerMessage(LogLevel.Warning, "The instruments cannot be read; those known stay quoted.")]
    private partial void LogFailed(Exception error);
}
