using System.Globalization;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Quotes;

/// <summary>The peer of shared/peers on the same Redis server, in a database of its own.</summary>
internal static class QuotesPeer
{
    private const string Python = "/usr/bin/python3";
    private const int Quotes = 500;

    public static string Path(Repository repository) => File.Exists(Python)
        ? repository.Shared("peers/fastapi_quotes.py")
        : throw new ScenarioSkippedException($"{Python} is not installed.");

    public static async Task<ChildProcess> StartAsync(
        Repository repository, string redis, int port, CancellationToken cancellationToken)
    {
        var script = Path(repository);
        var environment = new Dictionary<string, string>
        {
            ["REDIS_URL"] = Url(redis),
            ["RATE_LIMIT"] = "off",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        await ChildProcess.RunAsync(
            Python, [script, Quotes.ToString(CultureInfo.InvariantCulture)], cancellationToken, environment);
        var process = ChildProcess.Start(
            Python,
            [
                "-m", "uvicorn", "--app-dir", System.IO.Path.GetDirectoryName(script)!, "fastapi_quotes:app",
                "--port", port.ToString(CultureInfo.InvariantCulture), "--no-access-log", "--workers", "1",
            ],
            environment);
        await Loopback.WaitAsync(port, process, cancellationToken);
        return process;
    }

    public static string Symbols(int count) =>
        string.Join(',', Enumerable.Range(1, count).Select(index => $"S{index:D4}"));

    /// <summary>From StackExchange.Redis's form, <c>host:port,password=...</c>.</summary>
    private static string Url(string connectionString)
    {
        const string Password = "password=";
        var parts = connectionString.Split(',');
        var password = parts.FirstOrDefault(part => part.StartsWith(Password, StringComparison.Ordinal)) is { } given
            ? $":{Uri.EscapeDataString(given[Password.Length..])}@"
            : string.Empty;
        return $"redis://{password}{parts[0]}/1";
    }
}
