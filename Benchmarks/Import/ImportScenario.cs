using System.Diagnostics;
using System.Globalization;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;
using Trading.Data.Import;

namespace Trading.Benchmarks.Import;

/// <summary>
/// The real file through `import`, against psql's \copy of the same rows, already judged and unpacked, into the same table.
/// </summary>
internal sealed class ImportScenario : IScenario
{
    private const int Rounds = 3;
    private const double MostOfCopy = 2;

    public string Name => "import";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        var file = repository.Shared("data/equities/all_stocks_5yr.csv.gz");
        Tools.Find("psql");
        await using var system = await TradingSystem.StartAsync(
            repository, ["tradingdb"], ["--Services:pricingworker:Quotes:TicksPerSecond=0.1"], cancellationToken);
        using var folder = new TempFolder();
        await using var database = await ImportDatabase.CreateAsync(
            system.Endpoints.ConnectionString("tradingdb"), folder, cancellationToken);

        // The first import also brings the rows that \copy is given, and both programs into the page cache.
        await RunProgramAsync(repository, database, file, cancellationToken);
        await database.ExportAsync(cancellationToken);
        var times = new Times();
        for (var round = 0; round < Rounds; round++)
        {
            await MeasureAsync(repository, database, file, times, cancellationToken);
        }

        return Measurements(times, await database.CountAsync(cancellationToken));
    }

    private static async Task MeasureAsync(
        Repository repository, ImportDatabase database, string file, Times times, CancellationToken cancellationToken)
    {
        await database.EmptyAsync(cancellationToken);
        times.Program.Add(await TimeAsync(() => RunProgramAsync(repository, database, file, cancellationToken)));
        var rows = await database.CountAsync(cancellationToken);

        await database.EmptyAsync(cancellationToken);
        times.Copy.Add(await TimeAsync(() => database.CopyAsync(cancellationToken)));
        if (await database.CountAsync(cancellationToken) != rows)
        {
            throw new InvalidOperationException("The import and \\copy did not store the same number of rows.");
        }

        await database.EmptyAsync(cancellationToken);
        times.InProcess.Add(await TimeAsync(() =>
            database.Importer.ImportAsync(file, ImportOptions.Default, null, cancellationToken)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"import {times.Program[^1]:0.00} s, in process {times.InProcess[^1]:0.00} s, \\copy {times.Copy[^1]:0.00} s"));
    }

    private IReadOnlyList<Measurement> Measurements(Times times, long rows)
    {
        var copy = times.Copy.Median();
        return
        [
            new(Name, string.Create(CultureInfo.InvariantCulture, $"import of {rows} rows, from start to exit"), "s", times.Program.Median())
            {
                Peer = copy,
                PeerName = "psql \\copy",
                Required = Requirement.AtMost(MostOfCopy),
            },
            new(Name, "the same within a running process", "s", times.InProcess.Median())
            {
                Peer = copy,
                PeerName = "psql \\copy",
            },
        ];
    }

    private static Task<string> RunProgramAsync(
        Repository repository, ImportDatabase database, string file, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(
            "dotnet",
            [repository.Program("PricingWorker"), "import", file],
            cancellationToken,
            new Dictionary<string, string> { ["ConnectionStrings__tradingdb"] = database.ConnectionString });

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var startedAt = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }

    private sealed class Times
    {
        public List<double> Program { get; } = [];

        public List<double> InProcess { get; } = [];

        public List<double> Copy { get; } = [];
    }
}
