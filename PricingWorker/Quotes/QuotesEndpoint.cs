namespace Trading.PricingWorker.Quotes;

internal static class QuotesEndpoint
{
    /// <summary>For replicas of the API while Redis is away; empty before the first tick.</summary>
    public static void MapQuotes(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/quotes", (LatestQuotes latest) =>
            TypedResults.Bytes(latest.ToFrame().Bytes, "application/octet-stream"));
}
