using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
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
/// headers or users.
/// </summary>
internal sealed class SentryForwarder(SentryAddress address, IHttpClientFactory clients, IHostEnvironment environment)
{
    public async Task SendAsync(IReadOnlyList<ErrorOccurrence> errors, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(nameof(SentryForwarder));
        foreach (var error in errors)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address.Endpoint)
            {
                Content = new StringContent(EnvelopeOf(error), Encoding.UTF8),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-sentry-envelope");
            request.Headers.Add("X-Sentry-Auth", $"Sentry sentry_version=7, sentry_client=trading/1.0, sentry_key={address.Key}");
            using var answer = await http.SendAsync(request, cancellationToken);
        }
    }

    private string EnvelopeOf(ErrorOccurrence error)
    {
        var id = Guid.CreateVersion7().ToString("N");
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
