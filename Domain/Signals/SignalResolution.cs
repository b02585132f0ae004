namespace Trading.Domain.Signals;

/// <summary>How a signal ended.</summary>
/// <param name="State">Never <see cref="SignalState.Active"/>.</param>
/// <param name="Time">The close of the bar that ended it, UTC.</param>
/// <param name="Fill">The open of the first bar after it, at which it could be entered; null before that bar.</param>
/// <param name="Price">Where it was left; null where the prices were corrected.</param>
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
    string Reason);
