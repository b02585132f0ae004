using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Trading.Domain.Market;

namespace Trading.ApiService.Quotes;

/// <summary>
/// Writes a quote once, so that its bytes serve both the WebSocket and REST: room for a frame's header, the update as
/// <c>{"type":"price_update",…,"seq":1}</c>, then what only REST shows as <c>"open":…}</c>.
/// </summary>
internal ref struct QuoteText(Span<byte> destination, int length = 0)
{
    /// <summary>Enough for the longest ticker and numbers of 24 characters each.</summary>
    public const int MaxLength = 640;

    /// <summary>The longest header that a server's frame below 64 KB has.</summary>
    public const int HeaderRoom = 4;

    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly Span<byte> _destination = destination;

    public static ReadOnlySpan<byte> UpdateStart => "{\"type\":\"price_update\""u8;

    /// <summary>How what is not stale ends.</summary>
    public static ReadOnlySpan<byte> NotStale => ",\"stale\":false}"u8;

    public int Length { get; private set; } = length;

    /// <summary>
    /// Writes the update with its header right before it, and returns where header and update begin and end.
    /// </summary>
    public (int Start, int End) WriteUpdate(string ticker, in Quote quote, in QuoteFrame.Header frame)
    {
        Length = HeaderRoom;
        Text(UpdateStart);
        Text(",\"ticker\":\""u8);
        Length += Encoding.ASCII.GetBytes(ticker, _destination[Length..]);
        Number("\",\"price\":"u8, quote.Price);
        Number(",\"change\":"u8, quote.PreviousClose > 0 ? Math.Round(quote.Change, 6) : double.NaN);
        Number(",\"change_percent\":"u8, Math.Round(quote.ChangePercent, 4));
        Number(",\"volume\":"u8, quote.Volume);
        Time(",\"timestamp\":"u8, frame.Time);
        Integer(",\"seq\":"u8, frame.Sequence);
        Text(frame.Stale ? ",\"stale\":true}"u8 : "}"u8);
        return (WriteHeader(Length - HeaderRoom), Length);
    }

    /// <summary>Writes the rest; of a stale quote the age has to follow.</summary>
    public void WriteRest(in Quote quote, BarSource source, bool stale)
    {
        Number("\"open\":"u8, quote.Open);
        Number(",\"high\":"u8, quote.High);
        Number(",\"low\":"u8, quote.Low);
        Number(",\"previous_close\":"u8, quote.PreviousClose > 0 ? quote.PreviousClose : double.NaN);
        Text(source switch
        {
            BarSource.Live => ",\"source\":\"live\",\"synthetic\":false"u8,
            BarSource.Replay => ",\"source\":\"replay\",\"synthetic\":true"u8,
            BarSource.Imported => ",\"source\":\"imported\",\"synthetic\":false"u8,
            _ => ",\"source\":\"simulated\",\"synthetic\":true"u8,
        });
        // REST has the flag from the update already, in front.
        Text(stale ? ""u8 : NotStale);
    }

    public void WriteStale() => Text(",\"stale\":true"u8);

    public void WriteAge(TimeSpan age)
    {
        Number(",\"age_seconds\":"u8, Math.Round(Math.Max(0, age.TotalSeconds), 1));
        Text("}"u8);
    }

    private readonly int WriteHeader(int payload)
    {
        // RFC 6455, 5.2: final text frame, not masked; one length byte up to 125, else 126 and two bytes.
        const byte FinalText = 0x81;
        var start = payload <= 125 ? HeaderRoom - 2 : 0;
        _destination[start] = FinalText;
        if (payload <= 125)
        {
            _destination[start + 1] = (byte)payload;
        }
        else
        {
            _destination[start + 1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(_destination[(start + 2)..], (ushort)payload);
        }

        return start;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_destination[Length..]);
        Length += text.Length;
    }

    private void Number(ReadOnlySpan<byte> name, double value)
    {
        Text(name);
        if (!double.IsFinite(value))
        {
            Text("null"u8);
            return;
        }

        // Adding zero turns minus zero into zero.
        (value + 0.0).TryFormat(_destination[Length..], out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    private void Integer(ReadOnlySpan<byte> name, long value, ReadOnlySpan<char> format = default)
    {
        Text(name);
        value.TryFormat(_destination[Length..], out var written, format, CultureInfo.InvariantCulture);
        Length += written;
    }

    private void Time(ReadOnlySpan<byte> name, DateTime utc)
    {
        var microseconds = (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        Integer(name, microseconds / MicrosecondsPerSecond);
        Integer("."u8, Math.Abs(microseconds % MicrosecondsPerSecond), "D6");
    }
}
