using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Trading.ServiceDefaults.Logging;

namespace Trading.ServiceDefaults.Tracing;

/// <summary>
/// Keeps the newest finished spans of this process. What another service decided to trace is traced; of what begins
/// here, so many a second.
/// </summary>
public sealed class SpanCollector : IHostedService, IDisposable
{
    private static readonly string[] _sources =
        ["Microsoft.AspNetCore", Telemetry.ComponentsSource, "System.Net.Http", "Npgsql"];

    private readonly ConcurrentQueue<SpanRecord> _kept = new();
    private readonly ConcurrentQueue<SpanRecord> _unsent = new();
    private readonly SpanOptions _options;
    private readonly string _service;
    private readonly TraceBudget _budget;
    private readonly bool _begins;
    private ActivityListener? _listener;

    /// <summary>Creates the collector; it listens from <see cref="StartAsync"/> on.</summary>
    /// <param name="options">How much is kept.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="budget">How many traces may begin here.</param>
    /// <param name="settings">Tell whether OpenTelemetry exports traces too; it decides then which begin.</param>
    public SpanCollector(
        IOptions<SpanOptions> options, ServiceName service, TraceBudget budget, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(settings);
        (_options, _service, _budget) = (options.Value, service.Name, budget);
        _begins = !settings.ExportsTelemetry();
    }

    /// <summary>The spans that are kept, oldest first.</summary>
    public IReadOnlyList<SpanRecord> Spans => [.. _kept];

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => _sources.Contains(source.Name)
                || source.Name.StartsWith(Telemetry.Prefix, StringComparison.Ordinal),
            Sample = Sample,
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener?.Dispose();
        _listener = null;
    }

    /// <summary>Takes what was not sent yet; each span once.</summary>
    /// <param name="most">The most to take.</param>
    internal List<SpanRecord> TakeUnsent(int most)
    {
        var taken = new List<SpanRecord>();
        while (taken.Count < most && _unsent.TryDequeue(out var span))
        {
            taken.Add(span);
        }

        return taken;
    }

    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> creation)
    {
        if (creation.Parent != default)
        {
            return creation.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.None;
        }

        // A statement outside any trace is no trace of its own.
        return _begins && creation.Source.Name != "Npgsql" && _budget.TryBegin()
            ? ActivitySamplingResult.AllDataAndRecorded
            : ActivitySamplingResult.None;
    }

    private void Keep(Activity activity)
    {
        if (!activity.Recorded)
        {
            return;
        }

        var span = SpanRecord.Of(activity, _service);
        Add(_kept, span);
        Add(_unsent, span);
    }

    private void Add(ConcurrentQueue<SpanRecord> spans, SpanRecord span)
    {
        spans.Enqueue(span);
        while (spans.Count > _options.Kept && spans.TryDequeue(out _))
        {
            // The oldest go.
        }
    }
}
