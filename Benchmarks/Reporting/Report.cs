using System.Text.Json;

namespace Trading.Benchmarks.Reporting;

/// <summary>Everything that a run has measured, and whether it is enough.</summary>
internal sealed class Report(DateTimeOffset startedAt)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly List<Measurement> _measurements = [];
    private readonly SortedDictionary<string, string> _skipped = [];
    private readonly SortedDictionary<string, string> _failed = [];

    /// <summary>A scenario that is skipped has shown nothing, which CI does not accept.</summary>
    public bool Succeeded => _failed.Count == 0
        && _measurements.TrueForAll(measurement => measurement.Reached)
        && (_skipped.Count == 0 || Environment.GetEnvironmentVariable("CI") != "true");

    public void Add(IReadOnlyList<Measurement> measurements) => _measurements.AddRange(measurements);

    public void Skip(string scenario, string reason) => _skipped[scenario] = reason;

    public void Fail(string scenario, string reason) => _failed[scenario] = reason;

    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var machine = Machine.Describe();
        Console.WriteLine();
        Console.WriteLine(ResultTable.Plain(_measurements));
        foreach (var line in Remarks())
        {
            Console.WriteLine(line);
        }

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "results.json"),
            JsonSerializer.Serialize(
                new { startedAt, machine, measurements = _measurements, skipped = _skipped, failed = _failed }, _json),
            cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "results.md"),
            $"{startedAt:yyyy-MM-dd}, {machine}\n\n{ResultTable.Markdown(_measurements)}\n{string.Join('\n', Remarks())}\n",
            cancellationToken);
    }

    private IEnumerable<string> Remarks() => _skipped
        .Select(skipped => $"Skipped: {skipped.Key}: {skipped.Value}")
        .Concat(_failed.Select(failed => $"Failed: {failed.Key}: {failed.Value}"));
}
