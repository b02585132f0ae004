using Trading.Web.Charts;

namespace Trading.Web.Instruments;

/// <summary>Range of the last 252 sessions and mean volume of the last 30; null without any.</summary>
internal sealed record YearStatistics(double Low, double High, double MeanVolume)
{
    private const int YearSessions = 252;
    private const int MonthSessions = 30;

    public static YearStatistics? Of(IReadOnlyList<Candle> daily) => daily.Count == 0 ? null : new YearStatistics(
        daily.TakeLast(YearSessions).Min(candle => candle.Low),
        daily.TakeLast(YearSessions).Max(candle => candle.High),
        daily.TakeLast(MonthSessions).Average(candle => candle.Volume));
}
