using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks;

/// <summary>Measures one thing that the running system must reach, and what it is compared with, in the same run.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <exception cref="ScenarioSkippedException">Something that it needs is not on this machine.</exception>
    Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken);
}
