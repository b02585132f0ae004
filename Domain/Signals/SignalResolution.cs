namespace Trading.Domain.Signals;

/// <summary>How a signal ended.</summary>
/// <param name="State">Never <see cref="SignalState.Active"/>.</param>
/// <param name="Time">The close of the bar that ended it, UTC; where its bars stayed away, when it lapsed.</param>
/// <param name="Fill">The open of the first bar after it, at which it could be entered; null before that bar.</param>
/// <param name="Price">Where it was left: the close known last where its bars stayed away; null where the prices were corrected.</param>
/// <param name="R">
/// From fill to that price in its direction, after costs, over the distance of entry and stop; null without a fill or
/// a price.
/// </param>
/// <param name="BarsHeld">Bars after its own.</param>
/// <param name="MaeR">The most adverse price seen, from the fill, in R: zero or less; null without a fill.</param>
/// <param name="MfeR">The most favourable price seen, from the fill, in R: zero or more; null without a fill.</param>
/// <param name="Reason">Such as <c>stop touched</c>.</param>
public sealed record SignalResolution(
    SignalState State,
    DateTime Time,
    double? Fill,
    double? Price,
    double? R,
    int BarsHeld,
    double? MaeR,
    double? MfeR,
    string Reason)
{
    /// <summary>The same end in units from before a split, those that its signal was published in.</summary>
    /// <param name="split">New units for one old; the prices are multiplied by it, what is in R stays.</param>
    public SignalResolution BeforeSplit(double split) => this with { Fill = Fill * split, Price = Price * split };
}
