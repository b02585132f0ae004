namespace Trading.Domain.Risk;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    private const double SplitAt = 7.07106781186547;
    private const double Furthest = 37;

    /// <summary>The probability of a value at or below one (G. West, 2005, after Hart, 1968; to 1e-14).</summary>
    /// <param name="value">The value.</param>
    public static double Cumulative(double value)
    {
        var distance = Math.Abs(value);
        var tail = distance > Furthest ? 0 : Tail(distance);
        return value > 0 ? 1 - tail : tail;
    }

    /// <summary>The value that a probability of values lies at or below.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public static double Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        if (probability > 0.5)
        {
            return -Quantile(1 - probability);
        }

        var (low, high) = (-Furthest, 0.0);
        while (true)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
            {
                return high;
            }

            (low, high) = Cumulative(middle) < probability ? (middle, high) : (low, middle);
        }
    }

    private static double Tail(double x)
    {
        var density = Math.Exp(-x * x / 2);
        if (x >= SplitAt)
        {
            return density / (x + (1 / (x + (2 / (x + (3 / (x + (4 / (x + 0.65))))))))) / 2.506628274631;
        }

        var above = (((((((((((3.52624965998911e-02 * x) + 0.700383064443688) * x) + 6.37396220353165) * x)
            + 33.912866078383) * x) + 112.079291497871) * x) + 221.213596169931) * x) + 220.206867912376;
        var below = (((((((((((((8.83883476483184e-02 * x) + 1.75566716318264) * x) + 16.064177579207) * x)
            + 86.7807322029461) * x) + 296.564248779674) * x) + 637.333633378831) * x) + 793.826512519948) * x)
            + 440.413735824752;
        return density * above / below;
    }
}
