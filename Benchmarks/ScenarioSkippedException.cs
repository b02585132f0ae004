namespace Trading.Benchmarks;

internal sealed class ScenarioSkippedException(string reason) : Exception(reason);
