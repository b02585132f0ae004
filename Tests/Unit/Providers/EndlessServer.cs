using System.Net;
using System.Net.Sockets;

namespace Trading.Tests.Unit.Providers;

/// <summary>
/// Sends 100 MB, and counts what was taken of it: Kestrel would count on after its client has hung up.
/// </summary>
internal sealed class EndlessServer : IAsyncDisposable
{
    private const int Most = 100 << 20;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private long _taken;

    public EndlessServer(byte[] start, byte filler)
    {
        _listener.Start();
        _serving = ServeAsync(start, filler);
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    public long Taken => Interlocked.Read(ref _taken);

    public int Requests { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // First it ends: on a listener that is gone it would fail.
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(byte[] start, byte filler)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptSocketAsync(_stop.Token);
                Requests++;
                await SendAsync(client, start, filler);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task SendAsync(Socket client, byte[] start, byte filler)
    {
        var chunk = new byte[1 << 16];
        try
        {
            await client.ReceiveAsync(chunk, _stop.Token);
            await client.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
            await client.SendAsync(start, _stop.Token);
            chunk.AsSpan().Fill(filler);
            while (Taken < Most)
            {
                Interlocked.Add(ref _taken, await client.SendAsync(chunk, _stop.Token));
            }
        }
        catch (SocketException)
        {
            // It hung up.
        }
    }
}
