using System.Globalization;
using Trading.ApiService.Caching;
using Trading.Data.Bars;

namespace Trading.ApiService.Bars;

/// <summary>Says which version of a page of bars this is, so that a client need not load it again unchanged.</summary>
internal static class BarVersion
{
    /// <summary>What a page is made of: bars that come in as quotes do, unless it ends days ago.</summary>
    public static string[] TagsOf(HttpRequest request)
    {
        var now = request.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        return BarTime.TryRead(request.Query["to"].ToString(), out var to)
            && (to.Session?.ToDateTime(TimeOnly.MinValue) ?? to.Instant) < now.AddDays(-DaysOfNow)
                ? CacheTags.PastBars
                : CacheTags.Bars;
    }

    // The last session of an exchange is the present until the next begins, over a weekend and its holidays too.
    private const int DaysOfNow = 5;

    /// <summary>Sets the headers of caching.</summary>
    /// <returns>304 where the client has this version; null where it needs the body.</returns>
    public static IResult? Answer(HttpContext context, IReadOnlyList<StoredBar> bars, int limit, bool isPast)
    {
        var tag = TagOf(bars, limit);
        context.Response.Headers.ETag = tag;
        // What is past changes by an import only; what includes now, with every tick.
        context.Response.Headers.CacheControl = isPast ? "public, max-age=60" : "public, no-cache";
        return context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : null;
    }

    private static string TagOf(IReadOnlyList<StoredBar> bars, int limit)
    {
        // FNV-1a, as it has to be the same on every replica; nobody gains by a collision.
        var hash = 14695981039346656037UL;
        void Mix(long value) => hash = (hash ^ (ulong)value) * 1099511628211UL;
        foreach (var (bar, source) in bars)
        {
            Mix(bar.Time.Ticks);
            Mix(BitConverter.DoubleToInt64Bits(bar.Open));
            Mix(BitConverter.DoubleToInt64Bits(bar.High));
            Mix(BitConverter.DoubleToInt64Bits(bar.Low));
            Mix(BitConverter.DoubleToInt64Bits(bar.Close));
            Mix(BitConverter.DoubleToInt64Bits(bar.Volume));
            Mix((long)source);
        }

        Mix(limit);
        return string.Create(CultureInfo.InvariantCulture, $"W/\"{hash:x16}\"");
    }
}
