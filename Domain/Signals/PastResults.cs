namespace Trading.Domain.Signals;

/// <summary>What the generator would have made on an instrument before a bar.</summary>
/// <param name="Trades">Signals that had ended by that bar.</param>
/// <param name="WinRate">Share of them with a result above zero after costs; null below ten.</param>
/// <param name="ProfitFactor">Sum of gains over sum of losses, in R; null below ten, and without losses.</param>
public readonly record struct PastResults(int Trades, double? WinRate, double? ProfitFactor)
{
    /// <summary>Results of fewer signals say nothing.</summary>
    public const int FewestTrades = 10;

    /// <summary>Sums up results.</summary>
    /// <param name="results">Each in R, after costs.</param>
    public static PastResults Of(IReadOnlyCollection<double> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count < FewestTrades)
        {
            return new PastResults(results.Count, null, null);
        }

        var losses = -results.Where(r => r < 0).Sum();
        var winRate = (double)results.Count(r => r > 0) / results.Count;
        return new PastResults(
            results.Count, winRate, losses > 0 ? results.Where(r => r > 0).Sum() / losses : null);
    }
}
