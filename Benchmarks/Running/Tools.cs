namespace Trading.Benchmarks.Running;

/// <summary>Programs of the system that a scenario needs.</summary>
internal static class Tools
{
    public static string Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists)
        ?? throw new ScenarioSkippedException($"{program} is not installed.");
}
