using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>
/// Reads the metrics of this process when asked, at most once a second however many ask: reading must not become a load.
/// Whether the collector that they are also sent to answers makes no difference, but that of one that hangs they may be
/// ten seconds old.
/// </summary>
public sealed class MetricsReading : IDisposable
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(1);
    private const int PatienceMilliseconds = 5000;

    private const int LongestSendingMilliseconds = 4000;

    private const int SendingMilliseconds = 60_000;

    // A reading that is on its way to a collector that hangs answers us too, this long after it was made.
    private static readonly TimeSpan _oldest = TimeSpan.FromMilliseconds(2 * PatienceMilliseconds);

    private readonly BaseExporter<Metric> _exporter;
    private readonly Func<IReadOnlyList<MetricFamily>?> _read;
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private Task<MetricsSnapshot>? _reading;
    private long _startedAt;

    /// <summary>A reading of what the meter provider that takes <c>Reader</c> observes.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="settings">
    /// Tell whether there is a collector to send to, and how often: <c>OTEL_METRIC_EXPORT_INTERVAL</c>, ms.
    /// </param>
    /// <param name="collector">Where the collector is.</param>
    public MetricsReading(
        TimeProvider time, IConfiguration settings, IOptionsMonitor<OtlpExporterOptions> collector)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(collector);
        _time = time;
        if (settings.ExportsTelemetry())
        {
            // One sending must end before the next reading gives up, or a collector that hangs makes every reading too old.
            var options = collector.CurrentValue;
            options.TimeoutMilliseconds = Math.Min(options.TimeoutMilliseconds, LongestSendingMilliseconds);
            var sending = new SendingExporter(options, time);
            var reader = new PeriodicExportingMetricReader(
                sending, SendingPeriodOf(settings));
            (_exporter, Reader, _read) = (sending, reader, () => Read(sending, reader));
            return;
        }

        var asked = new PrometheusExporter();
        (_exporter, Reader, _read) =
            (asked, new BaseExportingMetricReader(asked), () => Read(asked));
    }

    /// <summary>For the meter provider.</summary>
    internal MetricReader Reader { get; }

    /// <summary>The metrics, at most a second old.</summary>
    /// <param name="cancellation">Stops the waiting, not the reading: others may wait for it too.</param>
    /// <exception cref="InvalidOperationException">The instruments could not be read.</exception>
    public Task<MetricsSnapshot> ReadAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (_reading is null || (_reading.IsCompleted && _time.GetElapsedTime(_startedAt, now) > _lifetime))
            {
                _startedAt = now;
                _reading = Task.Run(Read, CancellationToken.None);
            }

            return _reading.WaitAsync(cancellation);
        }
    }

    /// <summary>Ends the reading; the meter provider does so too.</summary>
    public void Dispose()
    {
        Reader.Dispose();
        _exporter.Dispose();
    }

    private static IReadOnlyList<MetricFamily>? Read(PrometheusExporter exporter) =>
        exporter.Collect?.Invoke(PatienceMilliseconds) == true ? exporter.Families : null;

    private static IReadOnlyList<MetricFamily>? Read(SendingExporter exporter, MetricReader reader)
    {
        exporter.IsForUs = true;
        try
        {
            // Fails with a sending to the collector that it joined, too; what was read then is kept all the same.
            reader.Collect(PatienceMilliseconds);
            return exporter.FamiliesSince(_oldest);
        }
        finally
        {
            exporter.IsForUs = false;
        }
    }

    private MetricsSnapshot Read() => _read() is { } families
        ? new MetricsSnapshot(_time.GetUtcNow(), families)
        : throw new InvalidOperationException("The instruments could not be read.");

    // What OpenTelemetry cannot read it does as if it were not set.
    private static int SendingPeriodOf(IConfiguration settings) =>
        int.TryParse(settings["OTEL_METRIC_EXPORT_INTERVAL"], NumberStyles.None, CultureInfo.InvariantCulture, out var period)
            && period > 0 ? period : SendingMilliseconds;
}
