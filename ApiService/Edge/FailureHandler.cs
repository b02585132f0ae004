using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Trading.ApiService.Auth;
using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>Turns what was thrown into a problem: a store that is away is 503, not a fault of this service.</summary>
internal sealed partial class FailureHandler(ILogger<FailureHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "2";

    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer; 499 is what proxies log for it.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = ProblemOf(httpContext, exception);
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private ApiProblem ProblemOf(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return bad.InnerException is JsonException unread ? BodyProblem.Of(unread) : ProblemPages.For(bad.StatusCode);
        }

        if (RequestBodies.IsBroken(exception))
        {
            return ApiProblem.BadRequest(
                ErrorCodes.BadRequest, "The body cannot be unpacked as Content-Encoding says.");
        }

        if (StoreFailures.IsUnstorableText(exception))
        {
            return ApiProblem.BadRequest(
                ErrorCodes.BadRequest, "A text of the request has a character that no text has, such as NUL.");
        }

        if (exception is TooBusyException)
        {
            return new ApiProblem(
                StatusCodes.Status503ServiceUnavailable, ErrorCodes.Unavailable, exception.Message);
        }

        if (StoreFailures.IsAway(exception))
        {
            LogStoreAway(exception.GetType().Name, ApiProblem.TraceIdOf(context));
            return new ApiProblem(
                StatusCodes.Status503ServiceUnavailable,
                ErrorCodes.Unavailable,
                $"The database is away; try again in {RetryAfterSeconds} seconds.");
        }

        LogFailed(exception, ApiProblem.TraceIdOf(context));
        return ProblemPages.For(StatusCodes.Status500InternalServerError);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away ({Kind}); trace {TraceId}")]
    private partial void LogStoreAway(string kind, string traceId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed; trace {TraceId}")]
    private partial void LogFailed(Exception exception, string traceId);
}
