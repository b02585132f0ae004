namespace Trading.Domain.Experiments;

/// <summary>What an experiment says of an arm against the control.</summary>
public enum ExperimentVerdict
{
    /// <summary>Nothing yet: more bars may tell.</summary>
    Undecided,

    /// <summary>The arm earns more a bar than the control.</summary>
    Better,

    /// <summary>The arm earns less a bar than the control.</summary>
    Worse,
}
