using Trading.Domain.Market;

namespace Trading.Domain.CorporateActions;

/// <summary>An action, and the stored prices around it.</summary>
/// <param name="Action">The action.</param>
/// <param name="SessionBefore">The last session before the ex-date that has a bar.</param>
/// <param name="CloseBefore">Its close, as stored.</param>
/// <param name="Session">The first session from the ex-date on that has a bar.</param>
/// <param name="Open">Its open, as stored.</param>
/// <param name="Close">Its close, as stored.</param>
public readonly record struct PricedAction(
    CorporateAction Action, DateOnly SessionBefore, double CloseBefore, DateOnly Session, double Open, double Close);
