using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trading.ServiceDefaults.Logging;

namespace Trading.ServiceDefaults.Errors;

/// <summary>Keeps errors where they can be looked at.</summary>
/// <param name="errors">The errors, oldest first.</param>
/// <param name="cancellationToken">Gives up.</param>
public delegate Task StoreErrors(IReadOnlyList<ErrorOccurrence> errors, CancellationToken cancellationToken);

/// <summary>
/// Collects what is logged as an error with an exception, and hands it on in batches. Nobody who logs waits for it.
/// </summary>
internal sealed class ErrorTracking(
    IServiceProvider services, ServiceName service, TimeProvider time) : BackgroundService, ILoggerProvider
{
    private const int QueueLength = 1000;
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    private readonly Channel<ErrorOccurrence> _errors =
        Channel.CreateBounded<ErrorOccurrence>(new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropOldest });

    public ILogger CreateLogger(string categoryName) => new ErrorLogger(this);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        var waiting = new List<ErrorOccurrence>();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            while (waiting.Count < QueueLength && _errors.Reader.TryRead(out var error))
            {
                waiting.Add(error);
            }

            if (waiting.Count > 0 && await TryStoreAsync(waiting, stoppingToken))
            {
                waiting.Clear();
            }
        }
    }

    private async Task<bool> TryStoreAsync(List<ErrorOccurrence> errors, CancellationToken cancellationToken)
    {
        try
        {
            // Asked for late: what stores errors may itself need a logger, which needs this.
            foreach (var store in services.GetServices<StoreErrors>())
            {
                await store(errors, cancellationToken);
            }

            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Logging it would make an error of every error; they are in the log, and wait here.
            return false;
        }
    }

    private void Add(Exception exception, string template) => _errors.Writer.TryWrite(ErrorOccurrence.Of(
        exception,
        service.Name,
        template,
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
            ? activity.TraceId.ToHexString()
            : RequestIdentity.Current?.TraceId,
        time.GetUtcNow().UtcDateTime));

    private sealed class ErrorLogger(ErrorTracking tracking) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null && IsEnabled(logLevel))
            {
                tracking.Add(exception, TemplateOf(state) ?? eventId.Name ?? string.Empty);
            }
        }

        private static string? TemplateOf<TState>(TState state) =>
            state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } fields
            && fields[^1] is { Key: "{OriginalFormat}", Value: string template }
                ? template
                : null;
    }
}

/// <summary>Registers the tracking of errors.</summary>
public static class ErrorTrackingServices
{
    /// <summary>
    /// Tracks errors. Where they are kept is what services register as <see cref="StoreErrors"/>; with
    /// <c>Sentry:Dsn</c> they are also sent there.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    public static IHostApplicationBuilder AddErrorTracking(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<SentryOptions>().BindConfiguration(SentryOptions.Section)
            .Validate(
                options => string.IsNullOrEmpty(options.Dsn) || SentryAddress.TryRead(options.Dsn, out _),
                "Sentry:Dsn: the DSN of a project, such as https://key@host/1.")
            .ValidateOnStart();
        builder.Services.AddSingleton<ErrorTracking>();
        builder.Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<ErrorTracking>());
        builder.Services.AddHostedService(services => services.GetRequiredService<ErrorTracking>());
        if (SentryAddress.TryRead(builder.Configuration["Sentry:Dsn"], out var address))
        {
            builder.Services.AddSingleton(services =>
                ActivatorUtilities.CreateInstance<SentryForwarder>(services, address));
            builder.Services.AddHostedService(services => services.GetRequiredService<SentryForwarder>());
            builder.Services.AddSingleton<StoreErrors>(services =>
                services.GetRequiredService<SentryForwarder>().TakeAsync);
        }

        return builder;
    }
}
