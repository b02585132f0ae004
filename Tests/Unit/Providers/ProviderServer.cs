using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Trading.Tests.Unit.Providers;

/// <summary>A provider on this machine, which answers as a test wants.</summary>
internal sealed class ProviderServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _requests;

    private ProviderServer(WebApplication app, ConcurrentQueue<string> requests) => (_app, _requests) = (app, requests);

    public string Url => _app.Urls.Single();

    /// <summary>Path and query of all that was asked.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ProviderServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        var requests = new ConcurrentQueue<string>();
        app.Run(context =>
        {
            requests.Enqueue(context.Request.Path + context.Request.QueryString);
            return answer(context);
        });
        await app.StartAsync(Cancellation);
        return new ProviderServer(app, requests);
    }

    public static Task<ProviderServer> StartAsync(byte[] body) => StartAsync(context => WriteAsync(context, body));

    public static Task<ProviderServer> StartAsync(string body) =>
        StartAsync(System.Text.Encoding.UTF8.GetBytes(body));

    /// <summary>A real answer, recorded in the shared data.</summary>
    public static async Task<ProviderServer> WithSampleAsync(string file) => await StartAsync(
        await File.ReadAllBytesAsync(SharedData.PathOf(Path.Combine("provider-samples", file)), Cancellation));

    public static async Task WriteAsync(HttpContext context, byte[] body) =>
        await context.Response.Body.WriteAsync(body, context.RequestAborted);

    public static async Task RefuseAsync(HttpContext context, int status, string body = "", int? retryAfter = null)
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await _app.StopAsync(now.Token);
        }
        finally
        {
            await _app.DisposeAsync();
        }
    }
}
