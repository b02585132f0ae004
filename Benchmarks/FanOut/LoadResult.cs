namespace Trading.Benchmarks.FanOut;

/// <summary>What the load client has seen in its window.</summary>
internal sealed record LoadResult
{
    public required double Seconds { get; init; }

    public required long Messages { get; init; }

    public required int Lost { get; init; }

    public required double P50Milliseconds { get; init; }

    public required double P99Milliseconds { get; init; }

    public required double MaxMilliseconds { get; init; }

    public required double ClientCpuSeconds { get; init; }

    public required Dictionary<string, double> CpuSeconds { get; init; }

    public double PerSecond => Messages / Seconds;

    public double PerCpuSecond(string process) => Messages / CpuSeconds[process];
}
