namespace Trading.Domain.Risk;

/// <summary>A fall of equity from a peak, and the way back.</summary>
/// <param name="Peak">When the peak was.</param>
/// <param name="Valley">When it was deepest.</param>
/// <param name="Recovery">When the peak was reached again; null where it was not.</param>
/// <param name="Depth">The fall as a negative fraction of the peak.</param>
/// <param name="Days">Actual days from the peak to the recovery, or to the end.</param>
public sealed record Drawdown(DateTime Peak, DateTime Valley, DateTime? Recovery, double Depth, double Days);
