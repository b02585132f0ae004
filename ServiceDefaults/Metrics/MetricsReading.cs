using OpenTelemetry.Metrics;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>
/// Reads the metrics of this process when asked, at most once a second however many ask: reading must not become a load.
/// </summary>
public sealed class MetricsReading : IDisposable
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(1);
    private const int PatienceMilliseconds = 5000;

    private readonly PrometheusExporter _exporter = new();
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private Task<MetricsSnapshot>? _reading;
    private long _startedAt;

    /// <summary>A reading of what the meter provider that takes <c>Reader</c> observes.</summary>
    /// <param name="time">The clock.</param>
    public MetricsReading(TimeProvider time)
    {
        _time = time;
        Reader = new BaseExportingMetricReader(_exporter);
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

    private MetricsSnapshot Read() =>
        _exporter.Collect?.Invoke(PatienceMilliseconds) == true
            ? new MetricsSnapshot(_time.GetUtcNow(), _exporter.Families)
            : throw new InvalidOperationException("The instruments could not be read.");
}
