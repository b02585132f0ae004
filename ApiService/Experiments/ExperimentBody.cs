using System.Text.Json;
using Trading.Contracts;
using Trading.Data.Experiments;
using Trading.Domain.Backtesting;
using Trading.Domain.Experiments;

namespace Trading.ApiService.Experiments;

/// <summary>Shows experiments.</summary>
internal static class ExperimentBody
{
    public static ExperimentResponse Describe(ExperimentRow row)
    {
        var (spec, costs) = (row.Spec, row.Spec.Settings.Costs);
        return new()
        {
            Id = row.Id,
            Name = row.Name,
            State = row.State,
            Error = row.Error,
            Instruments = [.. spec.Instruments.Select(instrument => instrument.Ticker)],
            Interval = spec.Interval,
            Cash = spec.Settings.InitialCash,
            Costs = new(costs.FeeRate, costs.FeePerOrder, costs.SlippageRate, costs.BorrowRate),
            Horizon = spec.Horizon,
            Bars = row.Bars,
            ErrorRate = spec.ErrorRate,
            LeastBars = SequentialTest.LeastCount,
            StartedAt = row.StartedAt,
            CountsFrom = spec.Settings.From ?? row.StartedAt,
            LastTime = row.LastTime,
            FinishedAt = row.FinishedAt,
            Revisions = row.Revisions,
            Arms = [.. spec.Arms.Select((arm, index) => Describe(
                arm, row.Results.Count > index ? row.Results[index] : Unstarted(spec, index)))],
        };
    }

    private static ArmDocument Unstarted(ExperimentSpec spec, int arm) => new()
    {
        Equity = (double)spec.Settings.InitialCash,
        TotalReturn = 0,
        MaxDrawdown = 0,
        Exposure = 0,
        Trades = 0,
        Wins = 0,
        Positions = [],
        NewestTrades = [],
        LiquidatedAt = null,
        Test = arm == 0 ? null : new()
        {
            Mean = 0,
            Low = null,
            High = null,
            PValue = null,
            EffectiveBars = 0,
            Verdict = ExperimentVerdict.Undecided,
            DecidedAt = null,
        },
    };

    private static ExperimentArmResponse Describe(ExperimentArm arm, ArmDocument result) => new()
    {
        Name = arm.Name,
        Strategy = arm.Label,
        StrategyId = arm.StrategyId,
        StrategyVersion = arm.StrategyVersion,
        Source = arm.Source,
        Arguments = arm.Arguments,
        Equity = result.Equity,
        TotalReturn = result.TotalReturn,
        MaxDrawdown = result.MaxDrawdown,
        Exposure = result.Exposure,
        Trades = result.Trades,
        WinRate = result.Trades == 0 ? null : (double)result.Wins / result.Trades,
        Positions = [.. result.Positions.Select(Describe)],
        NewestTrades = [.. result.NewestTrades.Select(Describe)],
        LiquidatedAt = result.LiquidatedAt,
        Test = result.Test is { } test ? Describe(test) : null,
    };

    private static ExperimentTestResponse Describe(ArmTestDocument test) => new()
    {
        Mean = test.Mean,
        Low = test.Low,
        High = test.High,
        PValue = test.PValue,
        EffectiveBars = test.EffectiveBars,
        LeastEffectiveBars = (int)SequentialTest.LeastEffectiveCount,
        Verdict = Name(test.Verdict),
        DecidedAt = test.DecidedAt,
    };

    private static PaperPositionResponse Describe(PaperPosition position) => new()
    {
        Ticker = position.Ticker,
        Direction = Name(position.Direction),
        Units = position.Units,
        EntryTime = position.EntryTime,
        EntryPrice = position.EntryPrice,
        Price = position.Price,
        Value = position.Value,
        Profit = position.Profit,
        IsLeaving = position.IsLeaving,
    };

    private static TradeResponse Describe(Trade trade) => new()
    {
        Ticker = trade.Ticker,
        Direction = Name(trade.Direction),
        Units = trade.Units,
        EntryTime = trade.EntryTime,
        EntryPrice = trade.EntryPrice,
        ExitTime = trade.ExitTime,
        ExitPrice = trade.ExitPrice,
        ExitReason = Name(trade.ExitReason),
        Fees = trade.Fees,
        Dividends = trade.Dividends,
        BorrowCost = trade.BorrowCost,
        Profit = trade.Profit,
        Return = trade.Return,
        StopPrice = trade.StopPrice,
        TargetPrice = trade.TargetPrice,
        RMultiple = trade.RMultiple,
        MaximumAdverseExcursion = trade.MaximumAdverseExcursion,
        MaximumFavourableExcursion = trade.MaximumFavourableExcursion,
        BarsHeld = trade.BarsHeld,
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
