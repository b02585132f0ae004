namespace Trading.Data.Experiments;

/// <summary>What an advance brought.</summary>
/// <param name="Row">The experiment as it is now.</param>
/// <param name="Added">New points.</param>
/// <param name="Decided">The arms that a verdict fell on, by their place.</param>
public sealed record ExperimentNews(ExperimentRow Row, int Added, IReadOnlyList<int> Decided);
