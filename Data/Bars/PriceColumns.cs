using Trading.Domain.Strategies;

namespace Trading.Data.Bars;

/// <summary>The bars of one instrument, oldest first, in arrays of equal length that may still be adjusted.</summary>
public record PriceColumns(
    DateTime[] Times, double[] Open, double[] High, double[] Low, double[] Close, double[] Volume)
{
    public PriceHistory ToHistory() => new(Times, Open, High, Low, Close, Volume);
}
