using Trading.Domain.Market;

namespace Trading.Domain.Risk;

/// <summary>
/// Confidence intervals of what trades earn, by drawing them anew one by one, with repetition (B. Efron, 1979). 95 %,
/// from percentiles.
/// </summary>
public static class TradeBootstrap
{
    private const int FewestTrades = 10;

    /// <summary>The intervals of win rate, profit factor and expectancy.</summary>
    /// <param name="profits">The trades' profits; fewer than 10 give no intervals.</param>
    /// <param name="measured">The figures themselves.</param>
    /// <param name="samples">How often the trades are drawn anew.</param>
    /// <param name="seed">What fixes the draws.</param>
    public static IReadOnlyList<ConfidenceInterval> Of(
        ReadOnlySpan<double> profits, TradeMetrics measured, int samples, long seed)
    {
        if (profits.Length < FewestTrades)
        {
            return [];
        }

        var figures = new SampleTable(3, samples);
        var random = new SeededRandom(seed, "bootstrap of trades");
        for (var sample = 0; sample < samples; sample++)
        {
            Draw(profits, ref random, figures.Row(sample));
        }

        return
        [
            .. figures.Interval(0, "win_rate", measured.WinRate),
            .. figures.Interval(1, "profit_factor", measured.ProfitFactor),
            .. figures.Interval(2, "expectancy", measured.Expectancy),
        ];
    }

    private static void Draw(ReadOnlySpan<double> profits, ref SeededRandom random, Span<double> figures)
    {
        var (wins, gains, losses) = (0, 0.0, 0.0);
        for (var trade = 0; trade < profits.Length; trade++)
        {
            var profit = profits[(int)Math.BigMul(random.Next(), (ulong)profits.Length, out _)];
            wins += profit > 0 ? 1 : 0;
            gains += Math.Max(profit, 0);
            losses += Math.Min(profit, 0);
        }

        figures[0] = (double)wins / profits.Length;
        figures[1] = losses < 0 ? gains / -losses : double.NaN;
        figures[2] = (gains + losses) / profits.Length;
    }
}
