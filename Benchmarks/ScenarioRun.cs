using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks;

/// <summary>Runs the scenarios named, all where none is, one after the other, and reports them in one table.</summary>
internal static class ScenarioRun
{
    public static async Task<int> RunAsync(
        IScenario[] all, string[] names, Repository repository, CancellationToken cancellationToken)
    {
        if (names.FirstOrDefault(name => all.All(scenario => scenario.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync(
                $"There is no benchmark '{unknown}', but: {string.Join(", ", all.Select(scenario => scenario.Name))}, micro.");
            return 2;
        }

        var report = new Report(TimeProvider.System.GetUtcNow());
        foreach (var scenario in all.Where(scenario => names.Length == 0 || names.Contains(scenario.Name)))
        {
            await RunAsync(scenario, report, repository, cancellationToken);
        }

        await report.WriteAsync(repository.Results, cancellationToken);
        return report.Succeeded ? 0 : 1;
    }

    private static async Task RunAsync(
        IScenario scenario, Report report, Repository repository, CancellationToken cancellationToken)
    {
        Console.WriteLine($"== {scenario.Name}");
        try
        {
            report.Add(await scenario.RunAsync(repository, cancellationToken));
        }
        catch (ScenarioSkippedException skipped)
        {
            report.Skip(scenario.Name, skipped.Message);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The other scenarios still say something.
            report.Fail(scenario.Name, failure.Message);
            await Console.Error.WriteLineAsync(failure.ToString());
        }
    }
}
