using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Trading.ServiceDefaults.Tracing;

/// <summary>
/// Puts the spans of all services together: each adds its own, once a second, to the Redis stream
/// <c>telemetry:spans</c>, which is cut at some 2000 batches and ends an hour after the last. Without Redis each knows
/// its own.
/// </summary>
/// <param name="spans">This service's spans.</param>
/// <param name="services">Gives Redis, where there is one.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Tells when Redis does not take the spans.</param>
public sealed partial class SpanExchange(
    SpanCollector spans, IServiceProvider services, TimeProvider time, ILogger<SpanExchange> logger) : BackgroundService
{
    private const string Stream = "telemetry:spans";
    private const int BatchesKept = 2000;
    private const int BatchesRead = 500;
    private const int SpansInBatch = 500;
    private const int LifetimeSeconds = 3600;
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(500);

    /// <summary>The newest spans of all services, in no order; this service's own where Redis is away.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SpanRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        var own = spans.Spans;
        if (Redis is not { } redis)
        {
            return own;
        }

        try
        {
            var read = await redis.ExecuteAsync(
                "XREVRANGE", Stream, "+", "-", "COUNT", BatchesRead.ToString(CultureInfo.InvariantCulture))
                .WaitAsync(_timeout, time, cancellationToken);
            return [.. BatchesOf(read).Concat(own).DistinctBy(span => (span.TraceId, span.SpanId))];
        }
        catch (Exception error) when (error is RedisException or TimeoutException or JsonException)
        {
            LogAway(error.Message);
            return own;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Redis is { } redis && spans.TakeUnsent(SpansInBatch) is { Count: > 0 } batch)
            {
                await SendAsync(redis, batch);
            }
        }
    }

    private IDatabase? Redis =>
        services.GetService<IConnectionMultiplexer>() is { IsConnected: true } redis ? redis.GetDatabase() : null;

    private async Task SendAsync(IDatabase redis, List<SpanRecord> batch)
    {
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(batch, SpanJson.Default.ListSpanRecord);
            await redis.ExecuteAsync(
                "XADD", Stream, "MAXLEN", "~", BatchesKept.ToString(CultureInfo.InvariantCulture), "*", "s", json)
                .WaitAsync(_timeout, time);
            await redis.ExecuteAsync("EXPIRE", Stream, LifetimeSeconds.ToString(CultureInfo.InvariantCulture))
                .WaitAsync(_timeout, time);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            LogAway(error.Message);
        }
    }

    private static IEnumerable<SpanRecord> BatchesOf(RedisResult read)
    {
        foreach (var entry in (RedisResult[]?)read ?? [])
        {
            var fields = (RedisResult[]?)((RedisResult[]?)entry ?? [])[1] ?? [];
            foreach (var span in JsonSerializer.Deserialize((byte[]?)fields[1] ?? [], SpanJson.Default.ListSpanRecord) ?? [])
            {
                yield return span;
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "Redis does not take or give spans: {Reason}")]
    private partial void LogAway(string reason);
}
