using System.Globalization;
using System.Text.RegularExpressions;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Indicators;

/// <summary>The speeds, in million bars a second, and the values that R's TTR gives for the same bars.</summary>
internal sealed partial record TtrPeer(
    IReadOnlyDictionary<string, double> Speeds, IReadOnlyDictionary<string, double[]> Values)
{
    public static async Task<TtrPeer> RunAsync(
        Repository repository, IndicatorBars bars, CancellationToken cancellationToken)
    {
        var script = repository.Shared("peers/ttr_indicators.R");
        var program = Tools.Find("Rscript");
        await RequireTtrAsync(program, cancellationToken);
        using var folder = new TempFolder();
        var (given, values) = (folder.Of("bars.csv"), folder.Of("values.csv"));
        await bars.WriteAsync(given, cancellationToken);
        var output = await ChildProcess.RunAsync(program, ["--vanilla", script, given, values], cancellationToken);
        var speeds = Speed().Matches(output).ToDictionary(
            match => match.Groups[1].Value,
            match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return new TtrPeer(speeds, await ReadAsync(values, cancellationToken));
    }

    private static async Task RequireTtrAsync(string program, CancellationToken cancellationToken)
    {
        await using var process = ChildProcess.Start(
            program, ["--vanilla", "-e", "quit(status = !requireNamespace('TTR', quietly = TRUE))"]);
        if (await process.WaitAsync(cancellationToken) != 0)
        {
            throw new ScenarioSkippedException("R's package TTR is not installed.");
        }
    }

    private static async Task<Dictionary<string, double[]>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(file, cancellationToken);
        string[] names = [.. lines[0].Split(',').Select(name => name.Trim('"'))];
        var columns = names.ToDictionary(name => name, _ => new double[lines.Length - 1]);
        for (var row = 1; row < lines.Length; row++)
        {
            var fields = lines[row].Split(',');
            for (var column = 0; column < names.Length; column++)
            {
                columns[names[column]][row - 1] = fields[column].Length > 0
                    ? double.Parse(fields[column], CultureInfo.InvariantCulture)
                    : double.NaN;
            }
        }

        return columns;
    }

    [GeneratedRegex(@"^(\w+)\s+([\d.]+) Mbars/s", RegexOptions.Multiline)]
    private static partial Regex Speed();
}
