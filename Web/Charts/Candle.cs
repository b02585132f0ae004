using Trading.Contracts;

namespace Trading.Web.Charts;

/// <summary>A bar as the chart draws it.</summary>
/// <param name="Time">Seconds since 1970-01-01 UTC: the close of the interval; daily, midnight UTC of the session's
/// date.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Units traded.</param>
public readonly record struct Candle(long Time, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>True where the prices are simulated or replayed.</summary>
    public bool Synthetic { get; init; }

    public static Candle From(BarResponse bar, ChartClock clock) =>
        new(clock.OfBar(bar.Time), bar.Open, bar.High, bar.Low, bar.Close, bar.Volume) { Synthetic = bar.Synthetic };

    public double[] ToArray() => [Time, Open, High, Low, Close, Volume, Synthetic ? 1 : 0];
}
