using Microsoft.FeatureManagement;

namespace Trading.ApiService.Settings;

/// <summary>Hides the documentation of the API while it is switched off, as it is in Production.</summary>
internal static class DocsGate
{
    private static readonly PathString[] _paths = ["/openapi", "/swagger"];

    public static void UseDocsGate(this IApplicationBuilder app) => app.UseWhen(
        context => _paths.Any(path => context.Request.Path.StartsWithSegments(path)),
        docs => docs.Use(async (context, next) =>
        {
            if (await context.RequestServices.GetRequiredService<IFeatureManager>().IsEnabledAsync(Features.ApiDocs))
            {
                await next(context);
            }
            else
            {
                await Features.Off(Features.ApiDocs).ExecuteAsync(context);
            }
        }));
}
