namespace Trading.Domain.Indicators;

/// <summary>What volume indicators read of a bar.</summary>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Units traded.</param>
public readonly record struct CloseVolume(double Close, double Volume);
