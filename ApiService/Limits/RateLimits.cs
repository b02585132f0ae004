using Microsoft.AspNetCore.RateLimiting;
using Trading.ApiService.Edge;
using Trading.Contracts;

namespace Trading.ApiService.Limits;

internal static class RateLimits
{
    public static IHostApplicationBuilder AddRateLimits(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TrustedCaller>();
        builder.Services.AddSingleton<ClientRateLimiter>();
        builder.Services.AddOptions<RateLimitOptions>()
            .BindConfiguration(RateLimitOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.RequestsPerMinute =
                configuration.GetValue(RateLimitOptions.ShortName, options.RequestsPerMinute))
            .Validate(options => options.RequestsPerMinute > 0, $"{RateLimitOptions.ShortName} must be above 0.")
            .ValidateOnStart();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<ClientRateLimiter>((options, limiter) =>
        {
            options.GlobalLimiter = limiter;
            options.OnRejected = (rejected, _) => new ValueTask(Refused(rejected.HttpContext));
        });
        return builder;
    }

    private static Task Refused(HttpContext context) => new ApiProblem(
        StatusCodes.Status429TooManyRequests,
        ErrorCodes.RateLimited,
        $"Too many requests from this address; try again in {context.Response.Headers.RetryAfter} seconds.")
        .ExecuteAsync(context);
}
