namespace Trading.Domain.Market;

/// <summary>The state of an instrument's session at one instant.</summary>
/// <param name="Ticker">The instrument's ticker.</param>
/// <param name="Price">Last price, in the instrument's currency.</param>
/// <param name="PreviousClose">Close of the session before; the base of <see cref="Change"/>.</param>
/// <param name="Open">First price of the session.</param>
/// <param name="High">Highest price of the session.</param>
/// <param name="Low">Lowest price of the session.</param>
/// <param name="Volume">Units traded in the session so far; never falls within one session.</param>
public readonly record struct Quote(
    string Ticker,
    double Price,
    double PreviousClose,
    double Open,
    double High,
    double Low,
    double Volume)
{
    /// <summary>Price less the previous close, in the instrument's currency.</summary>
    public double Change => Price - PreviousClose;

    /// <summary>Change over the previous close, in percent; NaN where there is no previous close.</summary>
    public double ChangePercent => PreviousClose > 0 ? Change / PreviousClose * 100 : double.NaN;

    /// <summary>
    /// True where a bar may be made of it: finite, positive prices within low and high, and a volume of 0 or more.
    /// </summary>
    public bool IsSound =>
        Low > 0 && double.IsFinite(High)
        && Price >= Low && Price <= High
        && Open >= Low && Open <= High
        && Volume >= 0 && double.IsFinite(Volume);
}
