using System.Net;
using System.Net.Sockets;

namespace Trading.Tests.Faults;

/// <summary>A port of the test's own that refuses every connection until it is opened to a server.</summary>
internal sealed class Passage : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _closing = new();
    private readonly IPEndPoint _server;
    private Task _accepting = Task.CompletedTask;

    public Passage(int serverPort)
    {
        _server = new IPEndPoint(IPAddress.Loopback, serverPort);
        // Bound and not listening: nobody else gets the port, and who connects is refused.
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Open()
    {
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptAsync(_closing.Token);
            _ = PassAsync(client);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var near = client;
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await far.ConnectAsync(_server, _closing.Token);
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // Either end went away, and the other is told so by the end of its connection.
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var bytes = new byte[64 * 1024];
        while (await from.ReceiveAsync(bytes, _closing.Token) is var read and > 0)
        {
            await to.SendAsync(bytes.AsMemory(0, read), _closing.Token);
        }
    }
}
