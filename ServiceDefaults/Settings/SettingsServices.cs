using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults.Settings;

/// <summary>Registers settings that change at run time.</summary>
public static class SettingsServices
{
    /// <summary>Puts <see cref="RuntimeSettings"/> above all configuration and keeps them up to date.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="read">Makes the reader of the settings.</param>
    public static IHostApplicationBuilder AddRuntimeSettings(
        this IHostApplicationBuilder builder, Func<IServiceProvider, ReadSettings> read)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = new RuntimeSettings();
        builder.Configuration.Add(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(read);
        builder.Services.AddSingleton<SettingsFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SettingsFeed>());
        return builder;
    }
}
