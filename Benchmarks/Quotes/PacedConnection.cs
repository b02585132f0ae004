using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Trading.Benchmarks.Quotes;

/// <summary>
/// One connection that asks for the same thing again and again on a thread of its own: a client whose own scheduling,
/// allocations and parsing are not in what it measures.
/// </summary>
internal sealed class PacedConnection : IDisposable
{
    private const int Patience = 30_000;

    private static readonly byte[] _endOfHeaders = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = Patience };
    private readonly byte[] _request;
    private readonly byte[] _answer = new byte[1 << 20];

    public PacedConnection(Uri url)
    {
        _request = Encoding.ASCII.GetBytes($"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n");
        _socket.Connect(url.Host, url.Port);
    }

    /// <summary>Sends the request and takes the whole answer.</summary>
    public void Ask()
    {
        _socket.Send(_request);
        var received = 0;
        var whole = 0;
        while (whole == 0 || received < whole)
        {
            var read = _socket.Receive(_answer.AsSpan(received));
            if (read == 0)
            {
                throw new InvalidOperationException("The service closed the connection.");
            }

            received += read;
            whole = whole == 0 ? LengthOf(_answer.AsSpan(0, received)) : whole;
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Headers and body; 0 where the headers are not all there yet.</summary>
    private static int LengthOf(ReadOnlySpan<byte> received)
    {
        if (received.IndexOf(_endOfHeaders) is var end && end < 0)
        {
            return 0;
        }

        var headers = received[..(end + 2)];
        if (!headers.StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException(Encoding.ASCII.GetString(headers[..headers.IndexOf((byte)'\r')]));
        }

        var name = "\r\nContent-Length: "u8;
        var at = headers.IndexOf(name);
        return at < 0
            ? throw new InvalidOperationException("The answer does not say how long it is.")
            : end + _endOfHeaders.Length + NumberAt(headers[(at + name.Length)..]);
    }

    private static int NumberAt(ReadOnlySpan<byte> text) =>
        int.Parse(text[..text.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
}
