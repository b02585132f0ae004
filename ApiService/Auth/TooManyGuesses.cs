using System.Globalization;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;

namespace Trading.ApiService.Auth;

/// <summary>The answer to who has to wait before the next guess.</summary>
internal static class TooManyGuesses
{
    public static ApiProblem Of(HttpContext context, AuditTrail audit, TimeSpan wait, string? actor, string subject)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        audit.Record(context, new AuditEvent(AuditActions.Throttled, AuditOutcome.Denied, actor, subject));
        return new ApiProblem(
            StatusCodes.Status429TooManyRequests,
            ErrorCodes.RateLimited,
            $"Too many wrong passwords or codes; try again in {seconds} seconds.");
    }
}
