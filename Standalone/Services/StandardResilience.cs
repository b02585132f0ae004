using Trading.Standalone.Services;

namespace Microsoft.Extensions.DependencyInjection;

public static class StandardResilienceExtensions
{
    public static IHttpClientBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder) =>
        builder.AddHttpMessageHandler(_ => new StandardResilienceHandler());
}
