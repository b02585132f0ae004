using Npgsql;
using Spectre.Console;
using Trading.Data;
using Trading.Data.Import;
using Trading.Data.Schema;

namespace Trading.PricingWorker.Import;

/// <summary>
/// The verb <c>import</c>. Exit code 0: all files went through; 1: at least one did not; 2: wrong usage.
/// </summary>
internal static class ImportCommand
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!ImportArguments.TryParse(args, out var arguments, out var error))
        {
            return ShowUsage(error);
        }

        if ((arguments.Connection ?? ConfiguredConnection()) is not { Length: > 0 } connection)
        {
            return ShowUsage("No database: give --connection or set ConnectionStrings__tradingdb.");
        }

        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            cancellation.Cancel();
        };
        try
        {
            return await ImportAsync(arguments, connection, cancellation.Token);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            return Fail("Cancelled; nothing of the file in work was stored.");
        }
        catch (IOException exception)
        {
            return Fail(exception.Message);
        }
        catch (ArgumentException exception)
        {
            return ShowUsage($"The connection string is not one: {exception.Message}");
        }
        catch (NpgsqlException exception)
        {
            return Fail($"The database failed, nothing of the file in work was stored: {exception.Message}");
        }
    }

    private static async Task<int> ImportAsync(
        ImportArguments arguments, string connection, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddTradingData(_ => connection)
            .BuildServiceProvider();
        await services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
        var importer = new BarImporter(
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<TimeProvider>());
        await using var rejections = RejectionFile.CreateOrNull(arguments.ReportPath);
        var (files, failed) = await InOrderAsync(arguments, cancellationToken);
        foreach (var file in files)
        {
            failed |= !await TryImportAsync(importer, file, arguments, rejections, cancellationToken);
        }

        return failed ? Failed : 0;
    }

    private static async Task<bool> TryImportAsync(
        BarImporter importer,
        string file,
        ImportArguments arguments,
        RejectionFile? rejections,
        CancellationToken cancellationToken)
    {
        try
        {
            var report = await ImportProgressView.ShowAsync(
                Path.GetFileName(file),
                progress => importer.ImportAsync(file, arguments.Options, progress, cancellationToken));
            ReportView.Print(report, arguments.ReportPath);
            if (rejections is not null)
            {
                await rejections.WriteAsync(report, cancellationToken);
            }

            return true;
        }
        catch (ImportFileException exception)
        {
            Fail($"{file}: {exception.Message} Nothing of it was stored.");
            return false;
        }
    }

    /// <summary>
    /// Actions explain jumps of bars, and names need instruments: whatever order the files are given in.
    /// </summary>
    private static async Task<(IEnumerable<string> Files, bool Failed)> InOrderAsync(
        ImportArguments arguments, CancellationToken cancellationToken)
    {
        var failed = false;
        var kinds = new List<(ImportKind Kind, string File)>();
        foreach (var file in arguments.Files)
        {
            try
            {
                kinds.Add((await BarImporter.KindOfAsync(file, arguments.Options, cancellationToken), file));
            }
            catch (ImportFileException exception)
            {
                Fail($"{file}: {exception.Message} Nothing of it was stored.");
                failed = true;
            }
        }

        return (kinds.OrderBy(pair => pair.Kind).Select(pair => pair.File), failed);
    }

    private static string? ConfiguredConnection() =>
        new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .Build()
            .GetConnectionString(TradingDataExtensions.ConnectionName);

    private static int ShowUsage(string error)
    {
        if (error.Length == 0)
        {
            AnsiConsole.WriteLine(ImportArguments.Usage);
            return 0;
        }

        Console.Error.WriteLine(error);
        Console.Error.WriteLine();
        Console.Error.WriteLine(ImportArguments.Usage);
        return WrongUsage;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return Failed;
    }
}
