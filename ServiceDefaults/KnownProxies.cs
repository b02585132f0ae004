using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using IPNetwork = System.Net.IPNetwork;

namespace Trading.ServiceDefaults;

/// <summary>Whose word is taken on where a request comes from.</summary>
public static class KnownProxies
{
    private const string Key = "Proxies:Known";

    /// <summary>
    /// Takes the caller's address and scheme from the proxies of <c>Proxies:Known</c> (addresses, or networks such as
    /// <c>10.0.0.0/8</c>), and from nobody else.
    /// </summary>
    /// <param name="app">The application; call it before whatever looks at the address or the scheme.</param>
    /// <exception cref="InvalidOperationException">One of them is neither.</exception>
    public static void UseKnownProxies(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var known = app.Configuration.ReadList(Key);
        if (known.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in known)
        {
            options.KnownIPNetworks.Add(NetworkOf(proxy));
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>A list of the configuration, or one text parted by semicolons; empty where there is neither.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="key">Its key.</param>
    public static string[] ReadList(this IConfiguration configuration, string key)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.GetSection(key).Get<string[]>() is { Length: > 0 } list
            ? list
            : configuration[key]?.Split(
                ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
    }

    private static IPNetwork NetworkOf(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"{Key}: {text} is no address and no network (10.0.0.0/8).");
}
