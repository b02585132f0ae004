using Trading.Domain.Market;

namespace Trading.Domain.Risk;

/// <summary>Draws returns in blocks, and measures what they make of an account as they come.</summary>
internal sealed class BlockDraw(double[] returns, double riskFreeRate, int periodsPerYear, double years)
{
    private readonly double _free = riskFreeRate / periodsPerYear;

    // A block ends after each day with the probability of 1 to its mean length.
    private readonly ulong _ends = (ulong)(ulong.MaxValue / Math.Max(1, Math.Round(Math.Cbrt(returns.Length))));

    /// <summary>Growth a year, volatility, Sharpe, Sortino, deepest drawdown, Calmar; NaN where undefined.</summary>
    public void Next(ref SeededRandom random, Span<double> figures)
    {
        var (sum, squares, below) = (0.0, 0.0, 0.0);
        var (equity, peak, valley, deepest) = (1.0, 1.0, 1.0, 0.0);
        var at = Start(ref random);
        for (var day = 0; day < returns.Length; day++)
        {
            var excess = returns[at] - _free;
            var shortfall = Math.Min(excess, 0);
            sum += excess;
            squares += excess * excess;
            below += shortfall * shortfall;
            equity *= 1 + returns[at];
            if (equity < valley)
            {
                valley = equity;
            }
            else if (equity > peak)
            {
                deepest = Math.Min(deepest, (valley / peak) - 1);
                (peak, valley) = (equity, equity);
            }

            at = at + 1 == returns.Length ? 0 : at + 1;
            if (random.Next() < _ends)
            {
                at = Start(ref random);
            }
        }

        deepest = Math.Min(deepest, (valley / peak) - 1);
        Measure(sum, squares, below, equity, deepest, figures);
    }

    private int Start(ref SeededRandom random) => (int)Math.BigMul(random.Next(), (ulong)returns.Length, out _);

    private void Measure(
        double sum, double squares, double below, double equity, double deepest, Span<double> figures)
    {
        var mean = sum / returns.Length;
        var deviation = Math.Sqrt(Math.Max(0, squares - (sum * mean)) / (returns.Length - 1));
        var year = Math.Sqrt(periodsPerYear);
        var growth = equity > 0 && years > 0 ? Math.Pow(equity, 1 / years) - 1 : double.NaN;
        figures[0] = growth;
        figures[1] = deviation * year;
        figures[2] = deviation > 0 ? mean / deviation * year : double.NaN;
        figures[3] = below > 0 ? mean / Math.Sqrt(below / returns.Length) * year : double.NaN;
        figures[4] = deepest;
        figures[5] = deepest < 0 ? growth / -deepest : double.NaN;
    }
}
