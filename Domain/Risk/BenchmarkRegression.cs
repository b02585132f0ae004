namespace Trading.Domain.Risk;

/// <summary>How the returns of an account go with those of a benchmark; null where undefined.</summary>
/// <param name="Beta">The slope of the least squares fit of excess returns.</param>
/// <param name="Alpha">Its intercept, x periods a year.</param>
/// <param name="Correlation">Pearson's, of the returns.</param>
/// <param name="UpCapture">The mean return for the benchmark's, where the benchmark gained.</param>
/// <param name="DownCapture">The same where it lost.</param>
public readonly record struct BenchmarkRegression(
    double? Beta, double? Alpha, double? Correlation, double? UpCapture, double? DownCapture)
{
    /// <summary>Fits returns of the same periods.</summary>
    /// <param name="returns">The account's.</param>
    /// <param name="benchmark">The benchmark's.</param>
    /// <param name="riskFreeRate">The risk-free rate a year.</param>
    /// <param name="periodsPerYear">How many periods there are a year.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static BenchmarkRegression Of(
        ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double riskFreeRate, int periodsPerYear)
    {
        if (returns.Length != benchmark.Length)
        {
            throw new ArgumentException("The benchmark needs a return for each of the account's.");
        }

        var up = Capture(returns, benchmark, 1);
        var down = Capture(returns, benchmark, -1);
        if (returns.Length < 2)
        {
            return new(null, null, null, up, down);
        }

        var (mean, benchmarkMean) = (Mean(returns), Mean(benchmark));
        var (own, other, both) = (0.0, 0.0, 0.0);
        for (var index = 0; index < returns.Length; index++)
        {
            var (left, right) = (returns[index] - mean, benchmark[index] - benchmarkMean);
            own += left * left;
            other += right * right;
            both += left * right;
        }

        double? beta = Varies(benchmark) ? both / other : null;
        var free = riskFreeRate / periodsPerYear;
        var alpha = (mean - free - (beta * (benchmarkMean - free))) * periodsPerYear;
        double? correlation = Varies(benchmark) && Varies(returns) ? both / Math.Sqrt(own * other) : null;
        return new(beta, alpha, correlation, up, down);
    }

    /// <summary>Equal values have no variation, whatever rounding makes of their mean.</summary>
    private static bool Varies(ReadOnlySpan<double> values) => values.ContainsAnyExcept(values[0]);

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double? Capture(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, int sign)
    {
        var (own, other) = (0.0, 0.0);
        for (var index = 0; index < returns.Length; index++)
        {
            if (sign * benchmark[index] > 0)
            {
                own += returns[index];
                other += benchmark[index];
            }
        }

        return other != 0 ? own / other : null;
    }
}
