using System.Net;
using System.Net.Sockets;

namespace Trading.ServiceDefaults.Outbound;

/// <summary>
/// Tells addresses of the public internet from all others, by IANA's registries of special-purpose addresses
/// (RFC 6890 and its successors).
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] _specialV4 = Networks(
        "0.0.0.0/8", // this network
        "10.0.0.0/8", // private
        "100.64.0.0/10", // shared by a carrier's customers
        "127.0.0.0/8", // loopback
        "168.63.129.16/32", // Azure's own services, from inside its machines
        "169.254.0.0/16", // link-local, and the clouds' metadata
        "172.16.0.0/12", // private
        "192.0.0.0/24", // protocol assignments
        "192.0.2.0/24", // documentation
        "192.88.99.0/24", // 6to4 relays, deprecated
        "192.168.0.0/16", // private
        "198.18.0.0/15", // benchmarks
        "198.51.100.0/24", // documentation
        "203.0.113.0/24", // documentation
        "224.0.0.0/4", // multicast
        "240.0.0.0/4"); // reserved, and broadcast

    private static readonly IPNetwork _globalV6 = IPNetwork.Parse("2000::/3");

    // Whatever is outside of 2000::/3 is closed anyway: ::, ::1, 64:ff9b::/96 (NAT64), fc00::/7, fe80::/10, ff00::/8.
    private static readonly IPNetwork[] _specialV6 = Networks(
        "2001::/23", // protocol assignments, with Teredo and benchmarks
        "2001:db8::/32", // documentation
        "2002::/16", // 6to4: wraps any IPv4 address
        "3fff::/20"); // documentation

    /// <summary>
    /// Whether an address is one of the public internet. An IPv4 address mapped to IPv6 is taken as the former.
    /// </summary>
    /// <param name="address">The address.</param>
    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !IsIn(_specialV4, address),
            AddressFamily.InterNetworkV6 => _globalV6.Contains(address) && !IsIn(_specialV6, address),
            _ => false,
        };
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address) =>
        Array.Exists(networks, network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(text => IPNetwork.Parse(text))];
}
