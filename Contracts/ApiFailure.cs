using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Trading.Contracts;

/// <summary>Makes one kind of exception of all the ways in which a request fails.</summary>
internal static class ApiFailure
{
    public static async Task<TradingApiException> ReadAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = await ReadProblemAsync(response, cancellationToken).ConfigureAwait(false);
        return new TradingApiException(
            response.StatusCode,
            problem?.Code ?? CodeOf(response.StatusCode),
            problem?.Detail ?? problem?.Title ?? $"The API answered {(int)response.StatusCode}.",
            problem?.TraceId,
            response.Headers.RetryAfter?.Delta,
            errors: problem?.Errors);
    }

    public static TradingApiException From(Exception exception) => exception switch
    {
        JsonException => new TradingApiException(
            null, ErrorCodes.Internal, "The API's answer cannot be read.", innerException: exception),
        OperationCanceledException or TimeoutException => new TradingApiException(
            null, ErrorCodes.Unavailable, "The API did not answer in time.", innerException: exception),
        _ => new TradingApiException(
            null, ErrorCodes.Unavailable, "The API cannot be reached.", innerException: exception),
    };

    private static async Task<ProblemResponse?> ReadProblemAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
        {
            return null;
        }

        try
        {
            return await response.Content
                .ReadFromJsonAsync(ContractsJsonContext.Default.ProblemResponse, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => ErrorCodes.NotFound,
        HttpStatusCode.MethodNotAllowed => ErrorCodes.MethodNotAllowed,
        HttpStatusCode.TooManyRequests => ErrorCodes.RateLimited,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => ErrorCodes.Unavailable,
        < HttpStatusCode.InternalServerError => ErrorCodes.BadRequest,
        _ => ErrorCodes.Internal,
    };
}
