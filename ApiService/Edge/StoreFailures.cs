using System.Data.Common;
using System.Net.Sockets;
using Trading.ApiService.Instruments;

namespace Trading.ApiService.Edge;

/// <summary>Tells a store that is away from a fault.</summary>
internal static class StoreFailures
{
    public static bool IsAway(Exception? exception) => exception switch
    {
        null => false,
        StoreUnavailableException or SocketException or TimeoutException => true,
        // Without a state the server was not reached. 08, 53, 57, 58: connection, resources, shutdown, disk.
        // 42P01, 3D000: the schema or the database is not there yet.
        DbException { SqlState: var state } =>
            state is null or "42P01" or "3D000" || state[..2] is "08" or "53" or "57" or "58",
        _ => IsAway(exception.InnerException),
    };
}
