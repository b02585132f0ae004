using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Trading.Data.Figures;

/// <summary>
/// Keeps the figures of what is stored, so that whoever reads the metrics waits for no database. What has not been read
/// is not shown; what is old is shown with its age.
/// </summary>
internal sealed partial class FiguresReader : BackgroundService
{
    public const string MeterName = "Trading.Data";

    private static readonly TimeSpan FirstPeriod = TimeSpan.FromSeconds(1);

    private readonly FiguresStore _store;
    private readonly TimeProvider _time;
    private readonly TimeSpan _period;
    private readonly ILogger<FiguresReader> _logger;
    private Reading? _last;

    public FiguresReader(
        FiguresStore store,
        IMeterFactory meters,
        IOptions<FiguresOptions> options,
        TimeProvider time,
        ILogger<FiguresReader> logger)
    {
        (_store, _time, _period, _logger) = (store, time, options.Value.Period, logger);
        var meter = meters.Create(MeterName);
        Observe(meter, "trading.users", "{user}", "Accounts that are not disabled.", "tier");
        Observe(meter, "trading.sessions.active", "{session}", "Sessions neither revoked nor expired.");
        Observe(meter, "trading.api_keys.active", "{key}", "API keys neither revoked nor expired.");
        Observe(meter, "trading.instruments", "{instrument}", "Instruments known.", "synthetic");
        Observe(meter, "trading.bars.stored", "{bar}", "Bars stored, about.", "interval");
        Observe(meter, "trading.imports", "{import}", "Imports that went through.");
        Observe(meter, "trading.audit.events", "{event}", "Events of the audit trail.");
        Observe(meter, "trading.webhook.pending", "{delivery}", "Deliveries to webhooks that are not finished.");
        Observe(meter, "trading.webhook.lag", "s", "How long the oldest event or due delivery to a webhook has waited.");
        Observe(meter, "trading.job.dead_letters", "{letter}", "Jobs that were given up and not replayed.");
        Observe(meter, "trading.job.waiting", "{job}", "Jobs that wait.");
        Observe(meter, "trading.job.lag", "s", "How long the oldest job that is due has waited.");
        Observe(meter, "trading.schedule.lag", "s", "How long the oldest schedule that is due has not been run.");
        Observe(meter, "trading.business.backtests.today", "{backtest}", "Backtests begun today (UTC) that are done.");
        Observe(meter, "trading.business.trades.today", "{trade}", "Trades of the results of today's backtests.");
        Observe(meter, "trading.business.signals.today", "{signal}", "Signals of bars that closed today (UTC).");
        Observe(meter, "trading.database.size", "By", "The database on its disk.");
        meter.CreateObservableGauge(
            "trading.figures.age", Age, "s", "Time since the figures of what is stored were read.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var away = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Volatile.Write(ref _last, new Reading(await _store.ReadAsync(stoppingToken), _time.GetTimestamp()));
                away = false;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // Before the first reading the schema may still be on its way.
                if (!away && _last is not null)
                {
                    LogAway(error.Message);
                    away = true;
                }
            }

            await Task.Delay(_last is null ? FirstPeriod : _period, _time, stoppingToken);
        }
    }

    private void Observe(Meter meter, string name, string unit, string meaning, string? label = null) =>
        meter.CreateObservableGauge(name, () => Of(name, label), unit, meaning);

    private IEnumerable<Measurement<double>> Of(string name, string? label) =>
        from figure in Volatile.Read(ref _last)?.Figures ?? []
        where figure.Instrument == name
        select label is null
            ? new Measurement<double>(figure.Value)
            : new Measurement<double>(figure.Value, new KeyValuePair<string, object?>(label, figure.Kind));

    private IEnumerable<Measurement<double>> Age() =>
        Volatile.Read(ref _last) is { } last ? [new(_time.GetElapsedTime(last.At).TotalSeconds)] : [];

    [LoggerMessage(LogLevel.Warning, "The figures of what is stored cannot be read, the last ones stay: {Reason}")]
    private partial void LogAway(string reason);

    private sealed record Reading(IReadOnlyList<StoredFigure> Figures, long At);
}
