namespace Trading.Tests.Faults;

/// <summary>Tests of how long something may take at most: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "Alone";
}
