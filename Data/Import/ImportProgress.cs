namespace Trading.Data.Import;

public enum ImportPhase
{
    Reading,
    Waiting,
    Storing,
}

/// <summary>How far an import is.</summary>
/// <param name="Done">Reading: bytes of the file. Storing: rows.</param>
/// <param name="Total">In the same unit.</param>
/// <param name="Rows">Rows so far in this phase.</param>
public readonly record struct ImportProgress(ImportPhase Phase, long Done, long Total, long Rows);
