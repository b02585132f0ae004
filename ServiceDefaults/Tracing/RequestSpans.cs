using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Trading.ServiceDefaults.Tracing;

/// <summary>
/// Says in the span of a request what was asked and how it ended, by OpenTelemetry's semantic conventions; the host
/// leaves its spans bare. It stands before everything else, and costs only those requests that are recorded. Probes
/// are not, nor what they set off.
/// </summary>
internal sealed class RequestSpans : IStartupFilter
{
    private const string OtherMethod = "_OTHER";

    private static readonly FrozenSet<string> _methods =
        FrozenSet.Create("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(follow => context => Activity.Current is { Recorded: true } span
            ? DescribeAsync(span, context, follow)
            : follow(context));
        next(app);
    };

    private static Task DescribeAsync(Activity span, HttpContext context, RequestDelegate follow)
    {
        if (HealthEndpoints.Paths.Contains(context.Request.Path.Value))
        {
            // Before anything begins within it: what it sets off is not recorded then either.
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            span.IsAllDataRequested = false;
            return follow(context);
        }

        return FollowAsync(span, context, follow);
    }

    private static async Task FollowAsync(Activity span, HttpContext context, RequestDelegate follow)
    {
        var request = context.Request;
        var method = _methods.Contains(request.Method) ? request.Method : OtherMethod;
        span.SetTag("http.request.method", method);
        span.SetTag("url.path", request.PathBase.Add(request.Path).Value);
        try
        {
            await follow(context).ConfigureAwait(false);
            var thrown = context.Features.Get<IExceptionHandlerFeature>()?.Error;
            Conclude(span, method, context, context.Response.StatusCode, thrown);
        }
        catch (Exception error)
        {
            Conclude(span, method, context, StatusCodes.Status500InternalServerError, error);
            throw;
        }
    }

    private static void Conclude(Activity span, string method, HttpContext context, int status, Exception? thrown)
    {
        var route = RouteOf(context);
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", thrown?.GetType().FullName ?? status.ToString(CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    // Where an exception was handled the endpoint is no longer the request's, but known to whoever handled it.
    private static string? RouteOf(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint)
            is RouteEndpoint { RoutePattern.RawText: { } route }
            ? "/" + route.Trim('/')
            : null;
}
