using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Trading.Standalone.Hosting;

internal static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> _given = new();

    /// <summary>A free loopback port that this process has not given out before.</summary>
    public static int Next()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (_given.TryAdd(port, true))
            {
                return port;
            }
        }
    }
}
