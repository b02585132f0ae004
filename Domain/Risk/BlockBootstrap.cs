using Trading.Domain.Market;

namespace Trading.Domain.Risk;

/// <summary>
/// Confidence intervals by drawing the daily returns anew in blocks, so that what hangs together stays together: the
/// stationary bootstrap of D. Politis and J. Romano (1994), blocks of n^(1/3) days in the mean. 95 %, from percentiles.
/// </summary>
public static class BlockBootstrap
{
    private const int FewestDays = 30;

    /// <summary>The intervals of growth, volatility, Sharpe and Sortino ratio, drawdown and Calmar ratio.</summary>
    /// <param name="daily">The account by days; fewer than 30 give no intervals.</param>
    /// <param name="measured">The figures themselves.</param>
    /// <param name="periodsPerYear">Days of trading a year.</param>
    /// <param name="samples">How often the returns are drawn anew.</param>
    /// <param name="seed">What fixes the draws.</param>
    public static IReadOnlyList<ConfidenceInterval> Of(
        DailyEquity daily, PerformanceMetrics measured, int periodsPerYear, int samples, long seed)
    {
        if (daily.Count < FewestDays)
        {
            return [];
        }

        var years = (measured.To - measured.From).TotalDays / 365;
        var draw = new BlockDraw(daily.Returns.ToArray(), measured.RiskFreeRate, periodsPerYear, years);
        var figures = new SampleTable(6, samples);
        var random = new SeededRandom(seed, "bootstrap of returns");
        for (var sample = 0; sample < samples; sample++)
        {
            draw.Next(ref random, figures.Row(sample));
        }

        return
        [
            .. figures.Interval(0, "cagr", measured.Cagr),
            .. figures.Interval(1, "volatility", measured.Volatility),
            .. figures.Interval(2, "sharpe", measured.Sharpe),
            .. figures.Interval(3, "sortino", measured.Sortino),
            .. figures.Interval(4, "max_drawdown", measured.MaxDrawdown),
            .. figures.Interval(5, "calmar", measured.Calmar),
        ];
    }
}
