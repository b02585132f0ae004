using Trading.ApiService.Edge;
using Trading.Data.Idempotency;

namespace Trading.ApiService.Idempotency;

internal static class IdempotencyServices
{
    public static IHostApplicationBuilder AddIdempotency(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IdempotencyStore>();
        builder.Services.AddSingleton<IdempotentRequests>();
        return builder;
    }

    /// <summary>Does a thing once, however often it is asked to with one <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder WithIdempotency(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(Idempotent.Instance).ProducesProblems(409, 422);

    public static IApplicationBuilder UseIdempotency(this IApplicationBuilder app) => app.Use(next => context =>
        context.GetEndpoint()?.Metadata.GetMetadata<Idempotent>() is not null
        && context.Request.Headers.ContainsKey(RequestKey.Header)
            ? context.RequestServices.GetRequiredService<IdempotentRequests>().RunAsync(context, next)
            : next(context));
}

/// <summary>Marks an endpoint that heeds <c>Idempotency-Key</c>.</summary>
internal sealed class Idempotent
{
    public static Idempotent Instance { get; } = new();
}
