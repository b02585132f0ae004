using System.Data.Common;
using System.Net.Sockets;
using System.Text;
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

    /// <summary>Whether a row will not be taken however often it is sent: its data, a constraint, or its size.</summary>
    public static bool IsUnstorable(Exception? exception) =>
        IsUnstorableText(exception) || exception is DbException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] };

    /// <summary>Whether the database was sent a text that it cannot hold, such as one with a NUL: the caller's.</summary>
    public static bool IsUnstorableText(Exception? exception) =>
        exception is DbException { SqlState: "22021" or "22P05" } or EncoderFallbackException
        || (exception is not null && IsUnstorableText(exception.InnerException));
}
