using System.Net;
using System.Net.Sockets;

namespace Trading.Benchmarks.Running;

/// <summary>Ports on this machine.</summary>
internal static class Loopback
{
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(20);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until something listens there.</summary>
    public static async Task WaitAsync(int port, ChildProcess process, CancellationToken cancellationToken)
    {
        while (true)
        {
            process.ThrowIfEnded();
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(_between, cancellationToken);
            }
        }
    }
}
