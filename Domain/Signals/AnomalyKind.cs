namespace Trading.Domain.Signals;

/// <summary>What was unusual about a bar. Stored: never renumber.</summary>
public enum AnomalyKind : short
{
    /// <summary>The logarithmic return, close to close.</summary>
    PriceReturn = 1,

    /// <summary>The logarithm of the volume.</summary>
    Volume = 2,
}
