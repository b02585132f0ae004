using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults.Messages;

/// <summary>How a service comes to tell users something.</summary>
public static class UserFeedServices
{
    /// <summary>Adds <see cref="UserFeed"/>.</summary>
    /// <param name="builder">The service.</param>
    public static IHostApplicationBuilder AddUserFeed(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<UserFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<UserFeed>());
        return builder;
    }
}
