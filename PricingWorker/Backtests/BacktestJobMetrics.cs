using System.Diagnostics.Metrics;
using Trading.Data.Backtests;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Backtests;

/// <summary>Backtests that this worker ran.</summary>
internal sealed class BacktestJobMetrics
{
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _bars;
    private readonly Counter<long> _trades;

    public BacktestJobMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(WorkerMetrics.Name);
        _duration = meter.CreateHistogram<double>(
            "trading.backtest.duration", "s", "One backtest, from reading its bars to its report.");
        _bars = meter.CreateCounter<long>("trading.backtest.bars", "{bar}", "Bars of backtests, for each trial.");
        _trades = meter.CreateCounter<long>("trading.backtest.trades", "{trade}", "Trades of backtests' results.");
    }

    public void Ran(StoredFigures figures, long trials)
    {
        _duration.Record(figures.DurationMs / 1000);
        _bars.Add(figures.Bars * Math.Max(trials, 1));
        _trades.Add(figures.Trades);
    }
}
