using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Trading.ApiService.Limits;

/// <summary>
/// Who counts as one client: an IPv4 address, or the /64 network of an IPv6 address, as one subscriber has it.
/// </summary>
/// <param name="Value">Unique among clients of both kinds.</param>
internal readonly record struct ClientKey(ulong Value)
{
    public static ClientKey Of(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return new ClientKey(BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        return address.IsIPv4MappedToIPv6
            ? new ClientKey(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]))
            : new ClientKey(BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
