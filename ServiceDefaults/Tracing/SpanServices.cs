using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults.Tracing;

/// <summary>Registers what keeps spans.</summary>
public static class SpanServices
{
    /// <summary>Keeps the newest spans here, and shares them over Redis where there is one.</summary>
    /// <param name="builder">The host's builder.</param>
    public static IHostApplicationBuilder AddSpans(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<SpanOptions>().BindConfiguration(SpanOptions.Section)
            .Validate(options => options.PerSecond >= 0, "Tracing:PerSecond: 0 or more.")
            .Validate(options => options.Kept > 0, "Tracing:Kept: above 0.")
            .ValidateOnStart();
        builder.Services.AddSingleton<TraceBudget>();
        builder.Services.AddSingleton<SpanCollector>();
        builder.Services.AddSingleton<SpanExchange>();
        if (builder.HasTelemetry())
        {
            builder.Services.AddSingleton<IStartupFilter, RequestSpans>();
            builder.Services.AddHostedService(services => services.GetRequiredService<SpanCollector>());
            builder.Services.AddHostedService(services => services.GetRequiredService<SpanExchange>());
        }

        return builder;
    }
}
