using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Trading.Data;
using Trading.Tests.Integration;

namespace Trading.Tests.Worker;

/// <summary>The verb as a program: what it prints, and how it ends.</summary>
[Collection(SystemTests.Name)]
public sealed class ImportProcessTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_progress_and_what_became_of_every_row()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        using var file = TemporaryFile.Of(
            "ticker,date,open,high,low,close,volume",
            "AAA,2024-01-02,10,12,9,11,400",
            "AAA,2024-01-03,11,10,13,12,400",
            "AAA,2024-01-04,11,13,10,12,400");
        using var import = Start(database.ConnectionString, file.Path);

        var output = await import.StandardOutput.ReadToEndAsync(Cancellation);
        await import.WaitForExitAsync(Cancellation);

        Assert.Equal(0, import.ExitCode);
        var name = Path.GetFileName(file.Path);
        Assert.Matches($@"{Regex.Escape(name)}: reading \d+ %, \d+ rows, \d+ s left\n", output);
        Assert.Matches(@"\n  read +3\n", output);
        Assert.Matches(@"\n  stored +2\n", output);
        Assert.Matches(@"\n  rejected +1\n", output);
        Assert.Contains("line 3", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_waits_for_another_import_and_Ctrl_C_ends_it_with_nothing_stored()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        await using var other = await DatabaseLock.AcquireAsync(connection, DatabaseLock.Import, Cancellation);
        using var file = TemporaryFile.Of("ticker,date,open,high,low,close,volume", "AAA,2024-01-02,10,12,9,11,400");
        using var import = Start(database.ConnectionString, file.Path);
        var error = import.StandardError.ReadToEndAsync(Cancellation);

        await WaitForLineAsync(import, "waiting for another import");
        await InterruptAsync(import);
        await import.WaitForExitAsync(Cancellation);

        Assert.Equal(1, import.ExitCode);
        Assert.Contains("Cancelled; nothing of the file in work was stored.", await error, StringComparison.Ordinal);
        await using var count = database.Source.CreateCommand("SELECT count(*) FROM instruments");
        Assert.Equal(0L, await count.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task A_database_that_goes_away_is_told_and_nothing_is_stored()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        // It ends with its connection, which is cut below.
        await DatabaseLock.AcquireAsync(connection, DatabaseLock.Import, Cancellation);
        using var file = TemporaryFile.Of("ticker,date,open,high,low,close,volume", "AAA,2024-01-02,10,12,9,11,400");
        using var import = Start(database.ConnectionString, file.Path);
        var error = import.StandardError.ReadToEndAsync(Cancellation);

        await WaitForLineAsync(import, "waiting for another import");
        await database.GoAwayAsync();
        await import.WaitForExitAsync(Cancellation);
        await database.ComeBackAsync();

        Assert.Equal(1, import.ExitCode);
        Assert.Contains("The database failed, nothing of the file in work was stored", await error, StringComparison.Ordinal);
    }

    private static Process Start(string connectionString, params string[] arguments)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            RepositoryFolder.Path, "PricingWorker", "bin", built.Parent!.Name, built.Name, "Trading.PricingWorker.dll");
        // A shell has what it starts in the background ignore Ctrl-C, and so would all below: undone for this program.
        return Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, "import", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__tradingdb"] = connectionString },
        })!;
    }

    private static async Task WaitForLineAsync(Process process, string text)
    {
        var seen = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            seen.AppendLine(line);
        }

        Assert.Fail($"It never said '{text}': {seen}");
    }

    private static async Task InterruptAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }
}
