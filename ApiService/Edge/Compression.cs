using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Trading.ApiService.Edge;

internal static class Compression
{
    public static IServiceCollection AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // Nothing secret shares an answer with what a caller chose.
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "text/csv"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    /// <summary>Compresses what is large; a single quote is smaller than what compressing it would cost.</summary>
    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) => app.UseWhen(
        context => !context.Request.Path.StartsWithSegments("/api/v1/quotes", out var rest) || !rest.HasValue,
        large => large.UseResponseCompression());
}
