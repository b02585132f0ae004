namespace Trading.Benchmarks.FanOut;

/// <summary>Counts latencies in steps of a tenth of a millisecond, up to 30 s.</summary>
internal sealed class LatencyHistogram
{
    private const double StepsPerMillisecond = 10;

    private readonly long[] _counts = new long[300_000];

    public void Add(double milliseconds)
    {
        var step = (int)(milliseconds * StepsPerMillisecond);
        _counts[Math.Clamp(step, 0, _counts.Length - 1)]++;
    }

    /// <summary>The upper end of the step below which that share of all latencies is; NaN without any.</summary>
    public double Quantile(double share)
    {
        var left = Math.Ceiling(_counts.Sum() * share);
        for (var step = 0; left > 0 && step < _counts.Length; step++)
        {
            left -= _counts[step];
            if (left <= 0)
            {
                return (step + 1) / StepsPerMillisecond;
            }
        }

        return double.NaN;
    }
}
