using Microsoft.Extensions.Primitives;

namespace Trading.ApiService.Edge;

/// <summary>What keeps a browser from making more of an answer than it is.</summary>
internal static class SecurityHeaders
{
    private static readonly PathString _page = "/swagger";

    private static readonly StringValues _nothing =
        "default-src 'none'; base-uri 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'none'";

    // The page to try the API: its own scripts, and styles that it writes itself.
    private static readonly StringValues _ownPage = "default-src 'none'; script-src 'self'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly StringValues _noSniff = "nosniff";
    private static readonly StringValues _noReferrer = "no-referrer";
    private static readonly StringValues _deny = "DENY";
    private static readonly StringValues _noStore = "no-store";
    private static readonly StringValues _httpsForAYear = "max-age=31536000; includeSubDomains";

    public static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            context.Request.Path.StartsWithSegments(_page, StringComparison.OrdinalIgnoreCase) ? _ownPage : _nothing;
        headers.XContentTypeOptions = _noSniff;
        headers.XFrameOptions = _deny;
        headers["Referrer-Policy"] = _noReferrer;
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = _noStore;
        }

        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = _httpsForAYear;
        }
    }
}
