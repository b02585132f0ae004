using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trading.ServiceDefaults.Logging;

namespace Trading.Tests.Unit.Logs;

/// <summary>The files that lines of the log go to.</summary>
public sealed partial class LogFileTests : IDisposable
{
    private const int Lines = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("trading-logs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Two_replicas_with_one_folder_write_whole_lines_to_files_of_their_own()
    {
        using (var first = Replica())
        using (var second = Replica())
        {
            Parallel.Invoke(() => Write(first, "first"), () => Write(second, "second"));
        }

        Assert.Equal(Enumerable.Repeat("first", Lines), Messages("worker.log"));
        Assert.Equal(Enumerable.Repeat("second", Lines), Messages("worker-2.log"));
    }

    [Fact]
    public void The_next_process_goes_on_in_the_file_of_one_that_ended()
    {
        for (var run = 0; run < 2; run++)
        {
            using var replica = Replica();
            LogSaid(replica.Services.GetRequiredService<ILogger<LogFileTests>>(), "said");
        }

        Assert.Equal(["said", "said"], Messages("worker.log"));
        Assert.Empty(Directory.GetFiles(_folder, "worker-2*"));
    }

    [Fact]
    public void A_file_that_cannot_be_put_aside_is_written_on()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "worker.1.log"));
        using (var replica = Replica(new("Logs:FileBytes", "500"), new("Logs:FilesKept", "3")))
        {
            Write(replica, "said");
        }

        Assert.Equal(Enumerable.Repeat("said", Lines), Messages("worker.log"));
    }

    [Fact]
    public void A_full_file_is_put_aside_and_the_oldest_goes()
    {
        using (var replica = Replica(new("Logs:FileBytes", "500"), new("Logs:FilesKept", "3")))
        {
            Write(replica, "said");
        }

        var files = Directory.GetFiles(_folder, "worker*.log").Where(file => !file.Contains("errors", StringComparison.Ordinal));
        Assert.Equal(["worker.1.log", "worker.2.log", "worker.log"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, 500));
    }

    private static void Write(IHost replica, string message)
    {
        var logger = replica.Services.GetRequiredService<ILogger<LogFileTests>>();
        for (var line = 0; line < Lines; line++)
        {
            LogSaid(logger, message);
        }
    }

    private string[] Messages(string file) => [.. File.ReadLines(Path.Combine(_folder, file)).Select(line =>
    {
        using var parsed = JsonDocument.Parse(line);
        return parsed.RootElement.GetProperty("message").GetString()!;
    })];

    private IHost Replica(params KeyValuePair<string, string?>[] settings)
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Logs:Folder", _folder), new("OTEL_SERVICE_NAME", "worker"), .. settings]);
        builder.AddJsonLogs();
        builder.Services.AddSingleton(TimeProvider.System);
        var host = builder.Build();
        // The files are opened with the first logger.
        host.Services.GetRequiredService<ILoggerFactory>();
        return host;
    }

    [LoggerMessage(LogLevel.Information, "{Message}")]
    private static partial void LogSaid(ILogger logger, string message);
}
