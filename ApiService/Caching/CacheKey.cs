using System.Security.Cryptography;
using System.Text;
using Trading.ApiService.Auth;

namespace Trading.ApiService.Caching;

/// <summary>
/// Names the answer to a request: the endpoint, what the path and the query say, in one order, and whose it is where each
/// user has their own. Such as <c>GetBars/AAPL?interval=1d&amp;limit=100</c>.
/// </summary>
internal static class CacheKey
{
    private const int Longest = 300;

    public static string Of(HttpContext context, string endpoint, bool perUser)
    {
        var key = new StringBuilder(endpoint);
        foreach (var (_, value) in context.Request.RouteValues)
        {
            key.Append('/').Append(Uri.EscapeDataString(value as string ?? ""));
        }

        var mark = '?';
        foreach (var (name, values) in context.Request.Query.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            foreach (var value in values)
            {
                key.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value ?? ""));
                mark = '&';
            }
        }

        if (perUser)
        {
            key.Append(" user ").Append(context.User.RequiredUserId());
        }

        return key.Length <= Longest ? key.ToString() : Shorten(endpoint, key.ToString());
    }

    private static string Shorten(string endpoint, string key) =>
        $"{endpoint}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
