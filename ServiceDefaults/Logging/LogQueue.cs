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
    private readonly LogName? _name;
    private readonly RollingFile? _all;
    private readonly RollingFile? _errors;
    private readonly Task _writing;
    private long _dropped;

    public LogQueue(IOptions<JsonLogOptions> options, ServiceName service, IMeterFactory meters)
    {
        var settings = options.Value;
        _lines = Channel.CreateBounded<(byte[], bool)>(new BoundedChannelOptions(Math.Max(settings.QueueLength, 1)) { SingleReader = true });
        if (settings.Folder is { Length: > 0 } folder)
        {
            _name = LogName.Claim(folder, service.Name);
            _all = new RollingFile(folder, _name.Value, settings.FileBytes, settings.FilesKept);
            _errors = new RollingFile(folder, _name.Value + "-errors", settings.FileBytes, settings.FilesKept);
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
        _name?.Dispose();
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
        // One that fails must not take the others along, nor the lines after.
        var written = await TryAsync(() => _output.WriteAsync(line));
        written &= await TryAsync(() => Write(_all, line));
        written &= !isError || await TryAsync(() => Write(_errors, line));
        if (!written)
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private static ValueTask Write(RollingFile? file, byte[] line)
    {
        file?.Write(line);
        return ValueTask.CompletedTask;
    }

    private static ValueTask Flush(RollingFile? file)
    {
        file?.Flush();
        return ValueTask.CompletedTask;
    }

    private async Task FlushAsync()
    {
        await TryAsync(() => new ValueTask(_output.FlushAsync()));
        if (!await TryAsync(() => Flush(_all)) | !await TryAsync(() => Flush(_errors)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private static async ValueTask<bool> TryAsync(Func<ValueTask> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (Exception error) when (RollingFile.IsTrouble(error))
        {
            // A full disk or a closed pipe: there is nowhere left to tell it, and the service goes on.
            return false;
        }
    }
}
