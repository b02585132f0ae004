using System.Diagnostics.Metrics;
using Trading.ApiService.Telemetry;
using Trading.Data.Backtests;

namespace Trading.ApiService.Backtests;

/// <summary>Backtests that were run while a client waited; those of workers are among the jobs.</summary>
internal sealed class BacktestMetrics
{
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _bars;
    private readonly Counter<long> _trades;

    public BacktestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ApiMetrics.MeterName);
        _duration = meter.CreateHistogram<double>(
            "trading.backtest.duration", "s", "One backtest, from reading its bars to its report.");
        _bars = meter.CreateCounter<long>("trading.backtest.bars", "{bar}", "Bars of backtests, for each trial.");
        _trades = meter.CreateCounter<long>("trading.backtest.trades", "{trade}", "Trades of backtests' results.");
        _bars.Add(0);
        _trades.Add(0);
    }

    public void Ran(StoredFigures figures, int trials)
    {
        _duration.Record(figures.DurationMs / 1000);
        _bars.Add(figures.Bars * trials);
        _trades.Add(figures.Trades);
    }
}
