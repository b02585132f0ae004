using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Trading.Tests.Unit.Errors;

/// <summary>Stands in for Sentry's endpoint of envelopes: https://develop.sentry.dev/sdk/foundations/transport/envelopes/.</summary>
internal sealed class SentryReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SentryReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Envelope> Envelopes { get; } = new();

    public string Dsn => $"http://publickey@{new Uri(_app.Urls.Single()).Authority}/42";

    /// <param name="answer">What is answered; null never answers.</param>
    public static async Task<SentryReceiver> StartAsync(IResult? answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new SentryReceiver(app);
        app.MapPost("/{**path}", async (HttpRequest request, CancellationToken cancellation) =>
        {
            using var reader = new StreamReader(request.Body);
            receiver.Envelopes.Enqueue(new Envelope(
                request.Path.ToString(),
                request.ContentType,
                request.Headers["X-Sentry-Auth"].ToString(),
                await reader.ReadToEndAsync(cancellation)));
            if (answer is null)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return answer;
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed record Envelope(string Path, string? ContentType, string Auth, string Body);
}
