using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults.Outbound;

/// <summary>Adds what guards requests to users' addresses.</summary>
public static class OutboundServices
{
    /// <summary>
    /// Adds <see cref="OutboundGuard"/> with the section <c>Outbound</c>; in Production nothing is allowed besides.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    public static IHostApplicationBuilder AddOutboundGuard(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var isProduction = builder.Environment.IsProduction();
        builder.Services.AddOptions<OutboundOptions>()
            .BindConfiguration(OutboundOptions.Section)
            .Validate(
                options => !isProduction || !(options.AllowLoopback || options.AllowHttp),
                "Outbound:AllowLoopback and Outbound:AllowHttp are for tests: not in Production.")
            .ValidateOnStart();
        builder.Services.AddSingleton<OutboundGuard>();
        return builder;
    }
}
