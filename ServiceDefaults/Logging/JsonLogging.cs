using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Trading.ServiceDefaults.Logging;

/// <summary>Logs as every service writes them.</summary>
public static class JsonLogging
{
    /// <summary>The least level of what is logged, by one word: <c>Debug</c>, <c>Information</c>, <c>Warning</c>...</summary>
    public const string LevelKey = "LOG_LEVEL";

    /// <summary>
    /// Replaces the host's loggers by lines of JSON. <c>LOG_LEVEL</c> is heeded at start and whenever the configuration is
    /// loaded anew; the levels of single categories in <c>Logging:LogLevel</c> stay.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    public static IHostApplicationBuilder AddJsonLogs(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.ClearProviders();
        builder.Services.AddOptions<JsonLogOptions>().BindConfiguration(JsonLogOptions.Section);
        builder.Services.AddOptions<CheckedLogOptions>().BindConfiguration(JsonLogOptions.Section)
            .Validate(options => options.FileBytes > 0, "Logs:FileBytes: above 0.")
            .Validate(options => options.FilesKept > 0, "Logs:FilesKept: above 0.")
            .Validate(options => options.QueueLength > 0, "Logs:QueueLength: above 0.")
            .Validate<IConfiguration>(
                (_, configuration) => configuration[LevelKey] is not { Length: > 0 } level || IsLevel(level),
                $"{LevelKey}: one of {string.Join(", ", Enum.GetNames<LogLevel>())}.")
            .ValidateOnStart();
        builder.Services.AddSingleton(new ServiceName(NameOf(builder)));
        builder.Services.AddSingleton<LogQueue>();
        builder.Services.AddSingleton<ILoggerProvider, JsonLoggerProvider>();
        builder.Services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(
            new ConfigurationChangeTokenSource<LoggerFilterOptions>(builder.Configuration));
        builder.Services.AddOptions<LoggerFilterOptions>().PostConfigure<IConfiguration>((filter, configuration) =>
        {
            if (Enum.TryParse<LogLevel>(configuration[LevelKey], ignoreCase: true, out var level))
            {
                filter.Rules.Add(new LoggerFilterRule(null, null, level, null));
            }
        });
        return builder;
    }

    private static bool IsLevel(string text) =>
        Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level);

    private static string NameOf(IHostApplicationBuilder builder) =>
        builder.Configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name
            ? name
            : builder.Environment.ApplicationName.Split('.')[^1].ToLowerInvariant();
}
