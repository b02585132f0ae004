using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>Says whether a request may read the metrics.</summary>
internal sealed class MetricsAccess(IOptionsMonitor<MetricsOptions> options, IHostEnvironment environment)
{
    private const string Scheme = "Bearer ";

    public async ValueTask<bool> AllowsAsync(HttpRequest request)
    {
        if (!environment.IsProduction())
        {
            return true;
        }

        return request.Headers.Authorization is [{ } shown]
            && shown.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && await TokenAsync(request.HttpContext.RequestAborted) is { } token
            && AreSame(shown[Scheme.Length..].Trim(), token);
    }

    // Hashed first, so that the time says nothing of the length either.
    private static bool AreSame(string shown, string token) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private async ValueTask<string?> TokenAsync(CancellationToken cancellation)
    {
        var current = options.CurrentValue;
        if (!string.IsNullOrEmpty(current.Token))
        {
            return current.Token;
        }

        if (string.IsNullOrEmpty(current.TokenFile) || !File.Exists(current.TokenFile))
        {
            return null;
        }

        var token = (await File.ReadAllTextAsync(current.TokenFile, cancellation)).Trim();
        return token.Length >= MetricsOptions.LeastLength ? token : null;
    }
}
