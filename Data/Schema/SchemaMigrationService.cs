using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Trading.Data.Schema;

/// <summary>
/// Migrates in the background, so that the service can already answer /live while the database comes up.
/// </summary>
internal sealed partial class SchemaMigrationService(
    SchemaMigrator migrator, SchemaState state, TimeProvider time, ILogger<SchemaMigrationService> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = FirstDelay;
        while (!await TryMigrateAsync(stoppingToken))
        {
            await Task.Delay(delay, time, stoppingToken);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    private async Task<bool> TryMigrateAsync(CancellationToken stoppingToken)
    {
        try
        {
            var applied = await migrator.MigrateAsync(stoppingToken);
            LogReady(applied.Count);
            state.MarkReady();
            return true;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // A database that is still starting and a schema that cannot be applied look alike here: /ready says which.
            state.MarkFailed(exception.Message);
            LogRetry(exception.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Schema is ready; {Applied} migrations applied")]
    private partial void LogReady(int applied);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schema is not ready, trying again: {Reason}")]
    private partial void LogRetry(string reason);
}
