using System.Globalization;
using System.Text.Json;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Domain.Backtesting;
using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Strategies;

namespace Trading.ApiService.Backtests;

/// <summary>The request that a stored backtest is run by, with every default filled in.</summary>
internal static class SettledRequest
{
    public static BacktestRequest Of(BacktestRow row)
    {
        var (spec, settings) = (row.Spec, row.Spec.Settings);
        return new()
        {
            Name = row.Name,
            Strategy = spec.Source is null ? spec.Strategy : null,
            StrategyId = spec.StrategyId,
            StrategyVersion = spec.StrategyVersion,
            Source = spec.StrategyId is null ? spec.Source : null,
            Arguments = spec.Arguments,
            Instruments = [.. spec.Instruments.Select(instrument => instrument.Ticker)],
            Interval = spec.Interval,
            From = TextOf(spec.From),
            To = TextOf(spec.To),
            Cash = settings.InitialCash,
            Costs = CostsOf(settings.Costs),
            AllowShort = settings.AllowShort,
            Size = spec.Size is { } size ? SizeOf(size) : null,
            Benchmark = spec.Benchmark?.Ticker,
            RiskFreeRate = settings.RiskFreeRate,
            BootstrapSamples = settings.BootstrapSamples,
            Seed = settings.Seed,
            Sweep = spec.Sweep is { } sweep ? SweepOf(sweep) : null,
        };
    }

    private static BacktestCosts CostsOf(TradingCosts costs) =>
        new(costs.FeeRate, costs.FeePerOrder, costs.SlippageRate, costs.BorrowRate);

    private static BacktestSize SizeOf(PositionSize size) => new(CodeOf(size.Rule), size.Amount);

    private static BacktestSweep SweepOf(SweepSettings sweep) => new(
        [.. sweep.Axes.Select(axis => new BacktestAxis(axis.Name, axis.From, axis.To, axis.Step))],
        sweep.RandomTrials,
        CodeOf(sweep.Objective),
        sweep.Windows,
        sweep.TrainToTest);

    private static string CodeOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string TextOf(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);
}
