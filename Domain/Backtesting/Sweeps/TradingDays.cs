using Trading.Domain.Risk;

namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>The days that count, by the close of their last bar.</summary>
internal static class TradingDays
{
    public static DateTime[] Of(BacktestInput input)
    {
        var times = input.Instruments
            .SelectMany(instrument => instrument.History.Times.ToArray())
            .Where(time => input.Settings.From is not { } from || time >= from)
            .Distinct().Order().ToArray();
        return DailyEquity.Of(1, times, new double[times.Length]).Times.ToArray();
    }
}
