using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>
/// Refuses parameters that an endpoint does not have: a mistyped filter must not look like an answer to it. What an
/// endpoint has is read from its handler, so that the two cannot differ.
/// </summary>
internal static class QueryGuard
{
    public static IApplicationBuilder UseQueryGuard(this IApplicationBuilder app) => app.Use(next => context =>
        context.Request.QueryString.HasValue && Unknown(context) is { } problem
            ? problem.ExecuteAsync(context)
            : next(context));

    public static TBuilder RefuseUnknownParameters<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Finally(endpoint => endpoint.Metadata.Add(new Known([.. endpoint.Metadata
            .OfType<IParameterBindingMetadata>()
            .Select(parameter => parameter.ParameterInfo)
            .SelectMany(parameter => parameter.GetCustomAttributes(true).OfType<FromQueryAttribute>()
                .Select(query => query.Name ?? parameter.Name!))])));
        return builder;
    }

    private static ApiProblem? Unknown(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Known>() is not { } known)
        {
            return null;
        }

        var strange = context.Request.Query.Keys.Where(key => !known.Names.Contains(key)).Take(5).ToArray();
        return strange.Length == 0 ? null : ApiProblem.BadRequest(
            ErrorCodes.UnknownParameter,
            $"Unknown: {string.Join(", ", strange.Select(Shorten))}. "
            + (known.Names.Count == 0
                ? "This path takes no parameters."
                : $"Known: {string.Join(", ", known.Names)}."));
    }

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "...";

    private sealed record Known(HashSet<string> Names);
}
