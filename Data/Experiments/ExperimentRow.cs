namespace Trading.Data.Experiments;

/// <summary>An experiment as it is read.</summary>
public sealed record ExperimentRow
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string? Name { get; init; }

    public required ExperimentSpec Spec { get; init; }

    /// <summary>One of <see cref="ExperimentState"/>.</summary>
    public required string State { get; init; }

    public required string? Error { get; init; }

    public required int Bars { get; init; }

    public required DateTime? LastTime { get; init; }

    public required int Revisions { get; init; }

    /// <summary>Empty before the first point.</summary>
    public required IReadOnlyList<ArmDocument> Results { get; init; }

    public required DateTime StartedAt { get; init; }

    public required DateTime? FinishedAt { get; init; }
}

/// <summary>The points of an experiment as columns; of each arm one, in their order.</summary>
public sealed record ExperimentColumns(DateTime[] Times, double[][] Equity, double[][] Invested);
