namespace Trading.Domain.Indicators;

/// <summary>What range indicators read of a bar.</summary>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
public readonly record struct HighLow(double High, double Low);
