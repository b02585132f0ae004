using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Trading.Tests.Unit.Contracts;

/// <summary>A WebSocket server on a free loopback port whose other side a test plays.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<WebSocket, TaskCompletionSource> _open = new();
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private int _accepted;

    private StreamServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/ws/{client}", ServeAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    public int Accepted => Volatile.Read(ref _accepted);

    public bool Refuses { get; set; }

    public static async Task<StreamServer> StartAsync()
    {
        var server = new StreamServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async Task<string> NextMessageAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        return await _received.Reader.ReadAsync(patience.Token);
    }

    public async Task SendAsync(string message)
    {
        foreach (var socket in _open.Keys)
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(message),
                WebSocketMessageType.Text,
                true,
                TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Breaks every connection without a goodbye.</summary>
    public void Drop()
    {
        foreach (var (socket, end) in _open)
        {
            socket.Abort();
            end.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Drop();
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _accepted);
        if (Refuses)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var end = new TaskCompletionSource();
        _open[socket] = end;
        try
        {
            await ReadAsync(socket, context.RequestAborted);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // Dropped, as the test wants it.
        }
        finally
        {
            _open.TryRemove(socket, out _);
        }
    }

    private async Task ReadAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            await _received.Writer.WriteAsync(Encoding.UTF8.GetString(buffer, 0, part.Count), cancellationToken);
        }
    }
}
