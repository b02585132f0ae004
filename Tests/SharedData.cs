namespace Trading.Tests;

/// <summary>
/// Recorded market data beside the repository: ../shared/data, or the folder that TRADING_SHARED names.
/// </summary>
internal static class SharedData
{
    /// <summary>Skips the test where the file is absent; in CI that is a failure.</summary>
    public static string PathOf(string file)
    {
        var path = Path.Combine(Root(), file);
        if (File.Exists(path))
        {
            return path;
        }

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"CI lacks the shared data: {path}");
        Assert.Skip($"The shared data is not here: {path}");
        return path;
    }

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("TRADING_SHARED") is { Length: > 0 } configured)
        {
            return configured;
        }

        return Path.Combine(Path.GetDirectoryName(RepositoryFolder.Path) ?? string.Empty, "shared", "data");
    }
}
