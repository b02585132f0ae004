using System.Globalization;
using System.Text.RegularExpressions;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Quotes;

/// <summary>One run of the load driver wrk.</summary>
/// <param name="RequestsPerSecond">Answered, over the whole run.</param>
/// <param name="P99Milliseconds">99 of 100 answers came within this.</param>
internal sealed partial record Wrk(double RequestsPerSecond, double P99Milliseconds)
{
    public const string Program = "wrk";

    public static async Task<Wrk> RunAsync(
        Uri url, int seconds, CancellationToken cancellationToken, int connections = 32)
    {
        var output = await ChildProcess.RunAsync(
            Tools.Find(Program),
            ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", url.ToString()],
            cancellationToken);
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Not every request to {url} succeeded:\n{output}");
        }

        return new Wrk(double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), P99(output));
    }

    private static double P99(string output)
    {
        var match = Latency().Match(output);
        var scale = match.Groups[2].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            "s" => 1000,
            _ => throw new FormatException($"wrk says nothing of latency:\n{output}"),
        };
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * scale;
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Latency();
}
