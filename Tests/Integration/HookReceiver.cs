using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Trading.Tests.Integration;

/// <summary>Somebody's web server that webhooks are sent to.</summary>
public sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedHook> _received = new();

    private HookReceiver(WebApplication app)
    {
        _app = app;
        app.Run(TakeAsync);
    }

    /// <summary>What it answers from now on.</summary>
    public (int Status, string Body) Answer { get; set; } = (200, "");

    public IReadOnlyCollection<ReceivedHook> Received => _received;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<HookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new HookReceiver(builder.Build());
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits for so many requests, and gives all there are then.</summary>
    public async Task<IReadOnlyList<ReceivedHook>> ReceiveAsync(int count)
    {
        await Eventually.IsTrueAsync(() => Task.FromResult(_received.Count >= count), $"{count} webhooks have come");
        return [.. _received];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue(new ReceivedHook(
            body.ToArray(), context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString())));
        var (status, text) = Answer;
        context.Response.StatusCode = status;
        if (status is >= 300 and < 400)
        {
            context.Response.Headers.Location = "/elsewhere";
        }

        await context.Response.WriteAsync(text, context.RequestAborted);
    }
}

/// <summary>A request as it came.</summary>
public sealed record ReceivedHook(byte[] Body, IReadOnlyDictionary<string, string> Headers);
