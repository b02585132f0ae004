namespace Trading.Domain.Signals;

/// <summary>
/// Until when signals wait for their bars, so that those of an instrument without any more come to an end too.
/// </summary>
/// <param name="Of">From the close of a signal's bar to when it lapses, both UTC.</param>
/// <param name="Known">The bars that closed before this are known, UTC.</param>
public sealed record SignalLapse(Func<DateTime, DateTime> Of, DateTime Known);
