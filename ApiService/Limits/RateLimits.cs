using Microsoft.AspNetCore.RateLimiting;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.ApiService.Limits;

internal static class RateLimits
{
    public static IHostApplicationBuilder AddRateLimits(this IHostApplicationBuilder builder)
    {
        builder.AddSharedRateLimits();
        builder.Services.AddSingleton<TrustedCaller>();
        builder.Services.AddSingleton<Charging>();
        builder.Services.AddSingleton<RequestLimiter>();
        builder.Services.AddSingleton<StartLimits>();
        builder.Services.AddOptions<RateLimitOptions>()
            .BindConfiguration(RateLimitOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.RequestsPerMinute =
                configuration.GetValue(RateLimitOptions.ShortName, options.RequestsPerMinute))
            .Validate(options => options.RequestsPerMinute > 0, $"{RateLimitOptions.ShortName} must be above 0.")
            .Validate(
                options => options.Rules().All(rule => rule.IsValid),
                "RateLimit: Permits are above 0, and a Window is 20 ms to 30 days.")
            .ValidateOnStart();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<RequestLimiter>((options, limiter) =>
        {
            options.GlobalLimiter = limiter;
            options.OnRejected = (rejected, _) => new ValueTask(RefusalOf(rejected.HttpContext).ExecuteAsync(rejected.HttpContext));
        });
        return builder;
    }

    /// <summary>What a request is answered that a limit refused, as <see cref="RequestFacts"/> say.</summary>
    public static ApiProblem RefusalOf(HttpContext context)
    {
        var limit = "any";
        if (context.Features.Get<RequestFacts>()?.Refusal is var (limiter, partition))
        {
            limit = limiter.Rule.Name;
            if (limiter.IsNews(partition))
            {
                context.RequestServices.GetService<AuditTrail>()?.Record(context, new AuditEvent(
                    AuditActions.Throttled,
                    AuditOutcome.Denied,
                    Subject: limit,
                    Details: new Dictionary<string, string> { ["path"] = context.Request.Path }));
            }
        }

        return new ApiProblem(
            StatusCodes.Status429TooManyRequests,
            ErrorCodes.RateLimited,
            $"Too many requests for the limit {limit}; try again in {context.Response.Headers.RetryAfter} seconds.");
    }
}
