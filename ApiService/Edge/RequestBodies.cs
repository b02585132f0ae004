using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>Bodies that come compressed: unpacked up to the same size as others, so that a bomb ends as 413.</summary>
internal static class RequestBodies
{
    private static readonly string[] _known = ["gzip", "deflate"];

    public static void AddRequestBodies(this IServiceCollection services) =>
        services.AddRequestDecompression(options => options.DecompressionProviders.Remove("br"));

    public static void UseRequestBodies(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Headers.ContentEncoding.Count > 0,
        packed =>
        {
            packed.Use(next => context => IsKnown(context) ? next(context) : Refuse(context));
            packed.UseRequestDecompression();
        });

    /// <summary>Whether a body could not be unpacked.</summary>
    public static bool IsBroken(Exception exception) =>
        exception is InvalidDataException { Source: "System.IO.Compression" };

    private static bool IsKnown(HttpContext context) =>
        context.Request.Headers.ContentEncoding is [{ } one] && _known.Contains(one, StringComparer.OrdinalIgnoreCase);

    private static Task Refuse(HttpContext context)
    {
        context.Response.Headers.AcceptEncoding = string.Join(", ", _known);
        return new ApiProblem(
            StatusCodes.Status415UnsupportedMediaType,
            ErrorCodes.UnsupportedMediaType,
            "Pack the body with gzip or deflate, or not at all.").ExecuteAsync(context);
    }
}
