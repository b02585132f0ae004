using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Micro;

/// <summary>The hot paths alone, with BenchmarkDotNet; none of them may allocate per quote or message.</summary>
internal static class MicroBenchmarks
{
    public static int Run(Repository repository, string[] arguments)
    {
        // In this process: a project generated for each benchmark would not see the services' internals.
        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(repository.Results, "micro"))
            .WithOptions(ConfigOptions.JoinSummary);
        string[] selection = arguments.Length > 0 ? arguments : ["--filter", "*"];
        var failed = BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarks).Assembly)
            .Run(selection, config)
            .SelectMany(summary => summary.Reports)
            .Where(report => !report.Success || report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) != 0)
            .Select(report => report.BenchmarkCase.DisplayInfo)
            .ToList();
        failed.ForEach(name => Console.Error.WriteLine($"Allocates, or failed: {name}"));
        return failed.Count == 0 ? 0 : 1;
    }
}
