using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Trading.Data.Schema;

namespace Trading.Data.Seeding;

/// <summary>Gives a fresh install something to look at, once the schema is there.</summary>
internal sealed partial class SyntheticMarketService(
    SyntheticMarketSeeder seeder,
    SchemaState schema,
    IOptions<SyntheticMarketOptions> options,
    TimeProvider time,
    ILogger<SyntheticMarketService> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenReady.WaitAsync(stoppingToken);
        while (options.Value.Synthetic && !await TrySeedAsync(stoppingToken))
        {
            await Task.Delay(RetryDelay, time, stoppingToken);
        }
    }

    private async Task<bool> TrySeedAsync(CancellationToken stoppingToken)
    {
        try
        {
            var start = Stopwatch.GetTimestamp();
            var added = await seeder.SeedIfEmptyAsync(options.Value.Seed, stoppingToken);
            if (added > 0)
            {
                LogSeeded(added, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            return true;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogRetry(exception);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The database was empty: {Added} invented instruments in {Seconds:0.0} s")]
    private partial void LogSeeded(int added, double seconds);

    [LoggerMessage(LogLevel.Warning, "The invented market could not be stored, trying again")]
    private partial void LogRetry(Exception exception);
}
