namespace OpenTelemetry.Metrics;

/// <summary>.NET's own meters, under the names of the instrumentation packages.</summary>
public static class StandaloneMetricsInstrumentation
{
    public static MeterProviderBuilder AddAspNetCoreInstrumentation(this MeterProviderBuilder builder) => builder.AddMeter(
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Diagnostics");

    public static MeterProviderBuilder AddHttpClientInstrumentation(this MeterProviderBuilder builder) =>
        builder.AddMeter("System.Net.Http", "System.Net.NameResolution");

    public static MeterProviderBuilder AddRuntimeInstrumentation(this MeterProviderBuilder builder) =>
        builder.AddMeter("System.Runtime");
}
