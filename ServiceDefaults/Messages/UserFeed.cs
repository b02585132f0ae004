using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Trading.ServiceDefaults.Messages;

/// <summary>
/// Tells signed-in users something over their WebSockets, wherever those are open: in this service at once, in others
/// by Redis. What is told is not kept: without Redis, or without a socket, it is not heard, and whoever wants to be
/// sure asks the API.
/// </summary>
public sealed partial class UserFeed(IServiceProvider services, TimeProvider time, ILogger<UserFeed> logger)
    : BackgroundService
{
    /// <summary>The longest message that is told, in bytes.</summary>
    public const int LongestMessage = 64 * 1024;

    private const int IdBytes = 16;
    private static readonly RedisChannel _channel = new("users:told", RedisChannel.PatternMode.Literal);
    private static readonly TimeSpan _subscribeEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _redisTimeout = TimeSpan.FromMilliseconds(250);

    private readonly Guid _origin = Guid.NewGuid();

    private Action<Guid?, ReadOnlyMemory<byte>>? _told;

    /// <summary>Hears each message, told here or elsewhere.</summary>
    /// <param name="take">
    /// Is given the user whom it is for, null for everyone, and the message. It must not wait.
    /// </param>
    public void Listen(Action<Guid?, ReadOnlyMemory<byte>> take) => _told += take;

    /// <summary>Tells a user something.</summary>
    /// <param name="user">Whom; null for everyone who is connected.</param>
    /// <param name="message">A JSON object with a <c>type</c>.</param>
    /// <param name="type">How it is written.</param>
    public Task PublishAsync<T>(Guid? user, T message, JsonTypeInfo<T> type) =>
        PublishAsync(user, JsonSerializer.SerializeToUtf8Bytes(message, type));

    /// <summary>Tells a user something.</summary>
    /// <param name="user">Whom; null for everyone who is connected.</param>
    /// <param name="message">A JSON object with a <c>type</c>, in UTF-8.</param>
    /// <exception cref="ArgumentException">It is longer than <see cref="LongestMessage"/>.</exception>
    public async Task PublishAsync(Guid? user, ReadOnlyMemory<byte> message)
    {
        if (message.Length > LongestMessage)
        {
            throw new ArgumentException($"A message has at most {LongestMessage} bytes.", nameof(message));
        }

        _told?.Invoke(user, message);
        try
        {
            if (services.GetService<IConnectionMultiplexer>() is { IsConnected: true } redis)
            {
                await redis.GetSubscriber().PublishAsync(_channel, Envelope(user, message.Span))
                    .WaitAsync(_redisTimeout, time);
            }
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            LogUntold(error.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TrySubscribeAsync())
        {
            await Task.Delay(_subscribeEvery, time, stoppingToken);
        }
    }

    private async Task<bool> TrySubscribeAsync()
    {
        try
        {
            if (services.GetService<IConnectionMultiplexer>() is not { IsConnected: true } redis)
            {
                return false;
            }

            await redis.GetSubscriber().SubscribeAsync(_channel, (_, message) => Hear((byte[]?)message ?? []));
            return true;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            LogUntold(error.Message);
            return false;
        }
    }

    private byte[] Envelope(Guid? user, ReadOnlySpan<byte> message)
    {
        var bytes = new byte[(2 * IdBytes) + message.Length];
        _origin.TryWriteBytes(bytes);
        (user ?? Guid.Empty).TryWriteBytes(bytes.AsSpan(IdBytes));
        message.CopyTo(bytes.AsSpan(2 * IdBytes));
        return bytes;
    }

    private void Hear(byte[] envelope)
    {
        // What was told here has been heard here.
        if (envelope.Length <= 2 * IdBytes || new Guid(envelope.AsSpan(0, IdBytes)) == _origin)
        {
            return;
        }

        var user = new Guid(envelope.AsSpan(IdBytes, IdBytes));
        _told?.Invoke(user == Guid.Empty ? null : user, envelope.AsMemory(2 * IdBytes));
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not carry messages to users; they are not told at once: {Reason}")]
    private partial void LogUntold(string reason);
}
