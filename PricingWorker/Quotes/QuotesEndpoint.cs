namespace Trading.PricingWorker.Quotes;

/// <summary>What the API asks of the worker.</summary>
internal static class QuotesEndpoint
{
    /// <summary>For replicas of the API while Redis is away: frames one after the other.</summary>
    public static void MapQuotes(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/quotes", (LatestQuotes latest) =>
            TypedResults.Bytes(
                latest.ToFrames().SelectMany(frame => frame.Bytes).ToArray(), "application/octet-stream"));
}
