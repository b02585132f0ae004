using Microsoft.Extensions.Logging;

namespace Trading.ServiceDefaults.Logging;

/// <summary>Writes every event as one line of JSON; see <see cref="LogQueue"/> for where it goes.</summary>
[ProviderAlias("Json")]
internal sealed class JsonLoggerProvider(LogQueue queue, ServiceName service, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new JsonLogger(queue, service.Name, categoryName, time);

    // The queue is the container's, and writes its rest when that ends.
    public void Dispose()
    {
    }

    private sealed class JsonLogger(LogQueue queue, string service, string category, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var line = LogLine.Of(
                    service, time.GetUtcNow(), logLevel, category, eventId, state, exception, formatter(state, exception));
                queue.Add(line, isError: logLevel >= LogLevel.Error);
            }
        }
    }
}

/// <summary>What a service is called in its telemetry.</summary>
/// <param name="Name">The name, such as <c>apiservice</c>.</param>
public sealed record ServiceName(string Name);
