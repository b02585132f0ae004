using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Trading.ApiService.Edge;

/// <summary>
/// An answer that is the same for everybody: caches on the way may keep it a while, or where it is not public those of
/// who may read it, and who has it already is told so.
/// </summary>
internal sealed class Cacheable<T>(T body, JsonTypeInfo<T> type, TimeSpan maxAge, bool isPublic = true) : IResult
{
    private const int TagBytes = 8;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        // Weak: the same tag goes with every compression.
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, TagBytes))}\"";
        var response = httpContext.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = isPublic
            ? $"public, max-age={maxAge.TotalSeconds:0}, stale-if-error=86400"
            : $"private, max-age={maxAge.TotalSeconds:0}";
        if (httpContext.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
