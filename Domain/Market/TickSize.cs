namespace Trading.Domain.Market;

/// <summary>The steps in which prices move: 0.01 from 1 upwards, 0.0001 below.</summary>
public static class TickSize
{
    /// <summary>The smallest price there is.</summary>
    public const double Smallest = 0.0001;

    /// <summary>
    /// The nearest price that can be quoted, in the same currency; never below <see cref="Smallest"/>.
    /// </summary>
    /// <param name="price">Any positive price.</param>
    public static double Round(double price) =>
        price >= 1 ? Math.Round(price, 2) : Math.Max(Smallest, Math.Round(price, 4));
}
