using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Trading.ServiceDefaults.Logging;

/// <summary>
/// Writes lines behind the backs of those who log: to the standard output and, where a folder is named, to rolling files.
/// Nobody waits for a disk; what does not fit into the queue is dropped and counted.
/// </summary>
internal sealed class LogQueue : IAsyncDisposable
{
    private readonly Channel<(byte[] Line, bool IsError)> _lines;
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly RollingFile? _all;
    private readonly RollingFile? _errors;
    private readonly Task _writing;
    private long _dropped;

    public LogQueue(IOptions<JsonLogOptions> options, ServiceName service, IMeterFactory meters)
    {
        var settings = options.Value;
        _lines = Channel.CreateBounded<(byte[], bool)>(new BoundedChannelOptions(settings.QueueLength) { SingleReader = true });
        if (settings.Folder is { Length: > 0 } folder)
        {
            _all = new RollingFile(folder, service.Name, settings.FileBytes, settings.FilesKept);
            _errors = new RollingFile(folder, service.Name + "-errors", settings.FileBytes, settings.FilesKept);
        }

        meters.Create("Trading.Logs").CreateObservableCounter(
            "trading.log.dropped", () => Interlocked.Read(ref _dropped), "{line}", "Log lines that found the queue full.");
        _writing = Task.Run(WriteAsync);
    }

    public void Add(byte[] line, bool isError)
    {
        if (!_lines.Writer.TryWrite((line, isError)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
        _all?.Dispose();
        _errors?.Dispose();
        await _output.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            while (_lines.Reader.TryRead(out var next))
            {
                await WriteAsync(next.Line, next.IsError);
            }

            await FlushAsync();
        }
    }

    private async Task WriteAsync(byte[] line, bool isError)
    {
        try
        {
            await _output.WriteAsync(line);
            _all?.Write(line);
            if (isError)
            {
                _errors?.Write(line);
            }
        }
        catch (IOException)
        {
            // A full disk or a closed pipe: there is nowhere left to tell it, and the service goes on.
            Interlocked.Increment(ref _dropped);
        }
    }

    private async Task FlushAsync()
    {
        try
        {
            await _output.FlushAsync();
            _all?.Flush();
            _errors?.Flush();
        }
        catch (IOException)
        {
            Interlocked.Increment(ref _dropped);
        }
    }
}
