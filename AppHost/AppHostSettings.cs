using System.Globalization;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Configuration;

namespace Trading.AppHost;

/// <summary>What may be chosen from the command line or the environment when the system starts.</summary>
internal sealed class AppHostSettings
{
    private readonly IConfiguration _configuration;
    private readonly string _folder;

    private AppHostSettings(IConfiguration configuration, string appHostDirectory)
    {
        _configuration = configuration;
        _folder = Path.GetFullPath(configuration["LocalFolder"] ?? "../.local", appHostDirectory);
        WebPort = FreePort(configuration.GetValue("Port", 5080), taken: null);
        ApiPort = FreePort(configuration.GetValue("ApiPort", configuration.GetValue("Port", 5080) + 1), taken: WebPort);
    }

    /// <summary>Port of the web page: <c>Port</c>, 5080 unless set or taken.</summary>
    public int WebPort { get; }

    /// <summary>Port of the API: the one after <c>Port</c>, or <c>ApiPort</c>, unless taken.</summary>
    public int ApiPort { get; }

    public int ApiReplicas => _configuration.GetValue("ApiReplicas", 1);

    /// <summary>Workers share the instruments.</summary>
    public int WorkerReplicas => _configuration.GetValue("WorkerReplicas", 1);

    /// <summary>False starts empty and leaves nothing behind, as tests do.</summary>
    public bool KeepsData => _configuration.GetValue("KeepData", true);

    /// <summary>Where <c>publish</c> writes for; Azure's tools need none.</summary>
    public string? PublishTarget => _configuration["PublishTarget"];

    /// <summary>The web front end as people reach it, for links in mails: <c>WebUrl</c>, this machine unless set.</summary>
    public string WebUrl => _configuration["WebUrl"]
        ?? string.Create(CultureInfo.InvariantCulture, $"http://localhost:{WebPort}");

    public static AppHostSettings From(IConfiguration configuration, string appHostDirectory) =>
        new(configuration, appHostDirectory);

    /// <summary>A place for what a run leaves that is not source.</summary>
    public string LocalPath(string name) => Path.Combine(_folder, name);

    /// <summary>
    /// The settings of one service, given to AppHost as <c>Services:name:key</c>; as environment variables,
    /// for example <c>--Services:pricingworker:Quotes:Source=Replay</c>.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> For(string service) =>
        from setting in _configuration.GetSection($"Services:{service}").AsEnumerable(makePathsRelative: true)
        where setting.Value is not null
        select KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value);

    private static int FreePort(int wanted, int? taken)
    {
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Select(endpoint => endpoint.Port).ToHashSet();
        for (var port = wanted; port < wanted + 100; port++)
        {
            if (port != taken && !listening.Contains(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"No port between {wanted} and {wanted + 99} is free. Name another with --port."));
    }
}
