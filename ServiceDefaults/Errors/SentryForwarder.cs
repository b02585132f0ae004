using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults.Errors;

/// <summary>Where a Sentry project takes events, as its DSN says: <c>https://key@host/project</c>.</summary>
internal sealed record SentryAddress(Uri Endpoint, string Key)
{
    public static bool TryRead(string? dsn, out SentryAddress address)
    {
        address = null!;
        if (!Uri.TryCreate(dsn, UriKind.Absolute, out var uri) || uri.UserInfo.Length == 0 || uri.AbsolutePath.Length < 2)
        {
            return false;
        }

        var cut = uri.AbsolutePath.LastIndexOf('/');
        var endpoint = new Uri(
            $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath[..cut]}/api/{uri.AbsolutePath[(cut + 1)..]}/envelope/");
        address = new SentryAddress(endpoint, uri.UserInfo.Split(':')[0]);
        return true;
    }
}

/// <summary>
/// Sends errors to Sentry as envelopes of its documented protocol. What it sends is what is kept here: no request bodies,
/// headers or users. Nothing waits for Sentry, and what it does not take is not sent again: the store and the log have it.
/// </summary>
internal sealed class SentryForwarder(SentryAddress address, IHostEnvironment environment, TimeProvider time)
    : BackgroundService
{
    private const int QueueLength = 100;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _restWhenLimited = TimeSpan.FromMinutes(1);

    private readonly Channel<ErrorOccurrence> _errors =
        Channel.CreateBounded<ErrorOccurrence>(new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropOldest });

    public Task TakeAsync(IReadOnlyList<ErrorOccurrence> errors, CancellationToken cancellationToken)
    {
        foreach (var error in errors)
        {
            _errors.Writer.TryWrite(error);
        }

        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A client of its own: the shared one tries again and logs that as errors, which would come back here.
        using var handler = new SocketsHttpHandler { PooledConnectionLifetime = _restWhenLimited, ActivityHeadersPropagator = null };
        using var http = new HttpClient(handler) { Timeout = _patience };
        await foreach (var error in _errors.Reader.ReadAllAsync(stoppingToken))
        {
            if (await SendAsync(http, error, stoppingToken) is { } rest && rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, stoppingToken);
            }
        }
    }

    /// <returns>How long Sentry asks to be left alone; null where it does not.</returns>
    private async Task<TimeSpan?> SendAsync(HttpClient http, ErrorOccurrence error, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address.Endpoint)
            {
                Content = new StringContent(EnvelopeOf(error), Encoding.UTF8),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-sentry-envelope");
            request.Headers.Add("X-Sentry-Auth", $"Sentry sentry_version=7, sentry_client=trading/1.0, sentry_key={address.Key}");
            using var answer = await http.SendAsync(request, cancellationToken);
            return answer.StatusCode == HttpStatusCode.TooManyRequests
                ? answer.Headers.RetryAfter?.Delta ?? _restWhenLimited
                : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private string EnvelopeOf(ErrorOccurrence error)
    {
        // Sentry asks for a UUID of version 4.
        var id = Guid.NewGuid().ToString("N");
        var content = JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["event_id"] = id,
            ["timestamp"] = error.Time.ToString("O", CultureInfo.InvariantCulture),
            ["level"] = "error",
            ["platform"] = "csharp",
            ["logger"] = error.Service,
            ["environment"] = environment.EnvironmentName,
            ["server_name"] = error.Service,
            ["culprit"] = error.Location,
            ["fingerprint"] = new[] { error.Fingerprint },
            ["logentry"] = new Dictionary<string, string> { ["formatted"] = error.Template },
            ["exception"] = new Dictionary<string, object>
            {
                ["values"] = new[] { new Dictionary<string, string> { ["type"] = error.Type, ["value"] = error.Message } },
            },
            ["tags"] = new Dictionary<string, string?> { ["trace_id"] = error.TraceId },
        });
        return $"{{\"event_id\":\"{id}\"}}\n{{\"type\":\"event\"}}\n{content}\n";
    }
}
