using System.Buffers.Text;

namespace Trading.Benchmarks.FanOut;

/// <summary>Counts the price updates of all connections while it is open. One thread of the sockets' engine does it all.</summary>
internal sealed class LoadWindow
{
    private readonly LatencyHistogram _latency = new();
    private long _messages;
    private int _lost;
    private volatile bool _open;

    public long Messages => Volatile.Read(ref _messages);

    public int Lost => Volatile.Read(ref _lost);

    public bool IsOpen
    {
        get => _open;
        set => _open = value;
    }

    private static ReadOnlySpan<byte> Timestamp => "\"timestamp\":"u8;

    public double Quantile(double share) => _latency.Quantile(share);

    /// <param name="message">The payload of a text frame.</param>
    /// <param name="now">Seconds since 1970-01-01 UTC when it was received.</param>
    public void Take(ReadOnlySpan<byte> message, double now)
    {
        if (!_open)
        {
            return;
        }

        // Only price updates carry it besides the answer to a ping, which is never asked for here.
        var at = message.IndexOf(Timestamp);
        if (at >= 0 && Utf8Parser.TryParse(message[(at + Timestamp.Length)..], out double sent, out _))
        {
            Volatile.Write(ref _messages, _messages + 1);
            _latency.Add((now - sent) * 1000);
        }
    }

    public void Lose() => Interlocked.Increment(ref _lost);
}
