using Npgsql;
using Trading.ApiService.Instruments;
using Trading.Data.Changes;
using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Caching;

/// <summary>
/// Hears from PostgreSQL what changed, as soon as it is committed and whoever did it, and makes what was made of it stale.
/// While it cannot hear, nothing changes that could be read; after a gap nothing from before is trusted.
/// </summary>
internal sealed partial class ChangeFeed(
    NpgsqlDataSource database,
    TradingCache cache,
    InstrumentDirectory instruments,
    TimeProvider time,
    ILogger<ChangeFeed> logger) : BackgroundService
{
    private static readonly TimeSpan _retryEvery = TimeSpan.FromSeconds(1);

    // A connection that is dead without a word is noticed within this and the time-out of a statement.
    private static readonly TimeSpan _askEvery = TimeSpan.FromSeconds(5);

    private bool _isDeaf;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Note(error);
                await Task.Delay(_retryEvery, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, told) => Hear(told.Payload);
        await using var listen = new NpgsqlCommand($"LISTEN {DataChange.Channel}", connection) { CommandTimeout = 2 };
        await listen.ExecuteNonQueryAsync(cancellationToken);
        instruments.Outdate();
        await cache.InvalidateAllAsync();
        _isDeaf = false;
        await using var ask = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 2 };
        while (true)
        {
            if (!await connection.WaitAsync(_askEvery, cancellationToken))
            {
                await ask.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private void Hear(string what)
    {
        if (what == DataChange.Instruments)
        {
            instruments.Outdate();
        }

        _ = cache.InvalidateAsync(what);
    }

    private void Note(Exception error)
    {
        if (!_isDeaf)
        {
            _isDeaf = true;
            LogDeaf(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Changes in the database are not heard yet: {Reason}")]
    private partial void LogDeaf(string reason);
}
