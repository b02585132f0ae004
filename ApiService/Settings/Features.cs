using Microsoft.FeatureManagement;
using Trading.ApiService.Edge;
using Trading.Contracts;

namespace Trading.ApiService.Settings;

/// <summary>What can be switched on and off while the system runs.</summary>
internal static class Features
{
    public const string Registration = "Registration";
    public const string ApiDocs = "ApiDocs";
    public const string Stream = "Stream";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [ApiDocs] = "The OpenAPI document and the page to try the API; off in Production unless switched on.",
        [Registration] = "New accounts can be made by anybody.",
        [Stream] = "New WebSockets are taken; those that are open stay.",
    };

    /// <summary>Answers 404 while a feature is switched off.</summary>
    public static TBuilder WhenEnabled<TBuilder>(this TBuilder builder, string feature)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.AddEndpointFilter(async (context, next) =>
            await context.HttpContext.RequestServices.GetRequiredService<IFeatureManager>().IsEnabledAsync(feature)
                ? await next(context)
                : Off(feature));
        return builder;
    }

    public static ApiProblem Off(string feature) => ApiProblem.NotFound(
        ErrorCodes.FeatureDisabled, $"{feature} is switched off here; an admin can switch it on.");
}
