using Trading.Contracts;

namespace Trading.ApiService.Edge;

internal static class EndpointProblems
{
    /// <summary>Describes the failures that an endpoint may answer.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<ProblemResponse>(status, ApiProblem.MediaType);
        }

        return endpoint;
    }
}
