namespace Trading.Domain.Market;

/// <summary>What stays the same of an invented company.</summary>
/// <param name="FirstPrice">At the epoch, in the company's currency.</param>
/// <param name="Beta">Share of the market's return that it takes.</param>
/// <param name="Volatility">Standard deviation of its own daily return, as a fraction.</param>
/// <param name="Shares">Shares traded on an ordinary day.</param>
internal readonly record struct SyntheticTraits(double FirstPrice, double Beta, double Volatility, double Shares)
{
    // A yen is worth about a hundredth of the others, and Tokyo quotes accordingly.
    private const double YenFactor = 40;

    public static SyntheticTraits Draw(ref SeededRandom random, SyntheticCompany company)
    {
        var price = 12 * Math.Pow(18, random.NextUniform());
        var traded = 2e7 * Math.Pow(25, random.NextUniform());
        return new SyntheticTraits(
            company.Exchange.Currency == "JPY" ? price * YenFactor : price,
            0.5 + random.NextUniform(),
            0.007 + (0.012 * random.NextUniform()),
            traded / price);
    }
}
