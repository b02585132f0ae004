using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Trading.Benchmarks.FanOut;

/// <summary>
/// One subscriber. It reads frames where they arrive, without a task, a copy or a string per message, so that the servers
/// measured have the machine to themselves.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly LoadWindow _window;
    private int _filled;

    private LoadConnection(LoadWindow window)
    {
        _window = window;
        _receive.Completed += (_, _) => Continue();
    }

    public static async Task<LoadConnection> OpenAsync(
        LoadPlan plan, int number, LoadWindow window, CancellationToken cancellationToken)
    {
        var connection = new LoadConnection(window);
        await connection.ConnectAsync(plan.Port, plan.PathOf(number), cancellationToken);
        var request = JsonSerializer.Serialize(new { action = "subscribe", tickers = plan.TickersOf(number) });
        await connection._socket.SendAsync(WebSocketFrame.Write(WebSocketFrame.Text, request), cancellationToken);
        connection.TakeFrames();
        connection.Receive();
        return connection;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    private async Task ConnectAsync(int port, string path, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken);
            _filled += read > 0 ? read : throw new IOException("The server closed during the handshake.");
        }

        var answer = Encoding.ASCII.GetString(_buffer, 0, end);
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new IOException($"The server refused the WebSocket: {answer}");
        }

        Drop(end + 4);
    }

    private void Receive()
    {
        do
        {
            _receive.SetBuffer(_buffer, _filled, BufferSize - _filled);
        }
        while (!_socket.ReceiveAsync(_receive) && TakeReceived());
    }

    private void Continue()
    {
        try
        {
            if (TakeReceived())
            {
                Receive();
            }
        }
        catch (ObjectDisposedException)
        {
            // The window is over.
        }
    }

    private bool TakeReceived()
    {
        if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
        {
            _window.Lose();
            return false;
        }

        _filled += _receive.BytesTransferred;
        TakeFrames();
        return true;
    }

    private void TakeFrames()
    {
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        var taken = 0;
        while (WebSocketFrame.TryRead(_buffer.AsSpan(taken, _filled - taken), out var opcode, out var start, out var end))
        {
            Take(opcode, _buffer.AsSpan(taken + start, end - start), now);
            taken += end;
        }

        Drop(taken);
    }

    private void Take(int opcode, ReadOnlySpan<byte> payload, double now)
    {
        if (opcode == WebSocketFrame.Text)
        {
            _window.Take(payload, now);
        }
        else if (opcode == WebSocketFrame.Ping)
        {
            _socket.Send(WebSocketFrame.Write(WebSocketFrame.Pong, payload));
        }
    }

    private void Drop(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }
}
