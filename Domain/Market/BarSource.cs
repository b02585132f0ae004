namespace Trading.Domain.Market;

/// <summary>Where a bar or a quote comes from. The numbers are stored: never renumber.</summary>
public enum BarSource : short
{
    /// <summary>Imported from a file of recorded prices.</summary>
    Imported = 1,

    /// <summary>Aggregated from the quotes of a live provider.</summary>
    Live = 2,

    /// <summary>Invented: the simulated source, or the generated market of a fresh install.</summary>
    Simulated = 3,

    /// <summary>Recorded prices played again at another time.</summary>
    Replay = 4,
}

/// <summary>What follows from a <see cref="BarSource"/>.</summary>
public static class BarSources
{
    /// <summary>
    /// True where the prices did not happen at the time that they carry; shown wherever such prices are.
    /// </summary>
    /// <param name="source">The source.</param>
    public static bool IsSynthetic(this BarSource source) => source is BarSource.Simulated or BarSource.Replay;
}
