namespace Trading.Domain.Risk;

/// <summary>
/// How likely a Sharpe ratio is more than luck: D. Bailey and M. Lopez de Prado, "The Sharpe Ratio Efficient Frontier"
/// (2012) and "The Deflated Sharpe Ratio" (2014). Sharpe ratios here are per period, not a year.
/// </summary>
public static class SharpeProbability
{
    private const double EulerMascheroni = 0.57721566490153286;

    /// <summary>The probability that the true Sharpe ratio is above a threshold; null where undefined.</summary>
    /// <param name="sharpe">The Sharpe ratio that was measured.</param>
    /// <param name="threshold">The one to be above.</param>
    /// <param name="periods">How many returns it was measured on; at least 2.</param>
    /// <param name="skewness">Their skewness.</param>
    /// <param name="kurtosis">Their kurtosis, 3 for a normal distribution.</param>
    public static double? Probabilistic(
        double sharpe, double threshold, int periods, double skewness, double kurtosis)
    {
        var spread = 1 - (skewness * sharpe) + ((kurtosis - 1) / 4 * sharpe * sharpe);
        return periods < 2 || !(spread > 0)
            ? null
            : NormalDistribution.Cumulative((sharpe - threshold) * Math.Sqrt(periods - 1) / Math.Sqrt(spread));
    }

    /// <summary>The highest Sharpe ratio expected of trials without skill; null below two trials.</summary>
    /// <param name="variance">The variance of the trials' Sharpe ratios.</param>
    /// <param name="trials">How many independent trials there were.</param>
    public static double? ExpectedHighest(double variance, int trials) => trials < 2
        ? null
        : Math.Sqrt(variance) * (
            ((1 - EulerMascheroni) * NormalDistribution.Quantile(1 - (1.0 / trials)))
            + (EulerMascheroni * NormalDistribution.Quantile(1 - (1.0 / (trials * Math.E)))));

    /// <summary>
    /// The probability that the true Sharpe ratio of the best of many trials is above what luck alone would give it;
    /// null where undefined.
    /// </summary>
    /// <param name="sharpe">The best's Sharpe ratio.</param>
    /// <param name="variance">The variance of the trials' Sharpe ratios.</param>
    /// <param name="trials">How many independent trials there were.</param>
    /// <param name="periods">How many returns it was measured on.</param>
    /// <param name="skewness">Their skewness.</param>
    /// <param name="kurtosis">Their kurtosis.</param>
    public static double? Deflated(
        double sharpe, double variance, int trials, int periods, double skewness, double kurtosis) =>
        ExpectedHighest(variance, trials) is { } threshold
            ? Probabilistic(sharpe, threshold, periods, skewness, kurtosis)
            : null;
}
