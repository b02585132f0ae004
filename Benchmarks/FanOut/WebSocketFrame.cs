using System.Buffers.Binary;
using System.Text;

namespace Trading.Benchmarks.FanOut;

/// <summary>As much of RFC 6455 as the load client needs: whole frames from a server, short ones to it.</summary>
internal static class WebSocketFrame
{
    public const int Text = 1;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private const int Final = 0x80;
    private const int Masked = 0x80;
    private const int SixteenBits = 126;
    private const int SixtyFourBits = 127;

    /// <summary>Finds where the first frame's payload is; false while the frame is incomplete.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out int opcode, out int start, out int end)
    {
        (opcode, start, end) = (0, 0, 0);
        if (data.Length < 2)
        {
            return false;
        }

        opcode = data[0] & 0x0F;
        var length = data[1] & 0x7F;
        start = length switch { SixteenBits => 4, SixtyFourBits => 10, _ => 2 };
        if (data.Length < start)
        {
            return false;
        }

        end = start + length switch
        {
            SixteenBits => BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            SixtyFourBits => checked((int)BinaryPrimitives.ReadUInt64BigEndian(data[2..])),
            _ => length,
        };
        return data.Length >= end;
    }

    public static byte[] Write(int opcode, string text) => Write(opcode, Encoding.UTF8.GetBytes(text));

    /// <summary>Masked, as a client must; with a mask of zeros, which leaves the payload as it is.</summary>
    public static byte[] Write(int opcode, ReadOnlySpan<byte> payload)
    {
        byte[] length = payload.Length < SixteenBits
            ? [(byte)(Masked | payload.Length)]
            : [Masked | SixteenBits, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [(byte)(Final | opcode), .. length, 0, 0, 0, 0, .. payload];
    }
}
