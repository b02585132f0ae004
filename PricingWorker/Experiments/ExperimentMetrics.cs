using System.Diagnostics.Metrics;
using Trading.Data.Experiments;
using Trading.Domain.Experiments;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Experiments;

/// <summary>How experiments were taken on by this worker.</summary>
internal sealed class ExperimentMetrics
{
    private readonly Counter<long> _points;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;

    public ExperimentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(WorkerMetrics.Name);
        _points = meter.CreateCounter<long>("trading.experiment.points", "{point}", "Bars that experiments were taken on by.");
        _verdicts = meter.CreateCounter<long>("trading.experiment.verdicts", "{verdict}", "Arms found better or worse.");
        _failures = meter.CreateCounter<long>(
            "trading.experiment.failures", "{failure}", "Experiments that could not be taken on; they are tried again.");
        _duration = meter.CreateHistogram<double>(
            "trading.experiment.duration", "s", "One advance of an experiment, from reading its bars to its points.");
    }

    /// <summary>Shows the counters before there is anything to count, so that their first rise is one.</summary>
    public void StartCounting()
    {
        _points.Add(0);
        _failures.Add(0);
        _verdicts.Add(0, Verdict(ExperimentVerdict.Better));
        _verdicts.Add(0, Verdict(ExperimentVerdict.Worse));
    }

    public void Record(ExperimentNews news, TimeSpan elapsed)
    {
        _points.Add(news.Added);
        foreach (var arm in news.Decided)
        {
            _verdicts.Add(1, Verdict(news.Row.Results[arm].Test!.Verdict));
        }

        _duration.Record(elapsed.TotalSeconds);
    }

    public void Failed() => _failures.Add(1);

    private static KeyValuePair<string, object?> Verdict(ExperimentVerdict verdict) =>
        new("verdict", verdict == ExperimentVerdict.Better ? "better" : "worse");
}
