using System.Threading.Channels;

namespace Trading.Standalone.Hosting;

/// <summary>The output of a process, in a file that starts anew with each run and keeps the one before.</summary>
internal sealed class ProcessLog : IAsyncDisposable
{
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(10_000)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
        SingleReader = true,
    });

    private readonly Task _writing;

    public ProcessLog(string file)
    {
        File = file;
        if (System.IO.File.Exists(file))
        {
            System.IO.File.Move(file, file + ".1", overwrite: true);
        }

        _writing = Task.Run(WriteAsync);
    }

    public string File { get; }

    public void Write(string? line)
    {
        if (line is not null)
        {
            _lines.Writer.TryWrite(line);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        await using var writer = new StreamWriter(File);
        while (await _lines.Reader.WaitToReadAsync())
        {
            while (_lines.Reader.TryRead(out var line))
            {
                await writer.WriteLineAsync(line);
            }

            await writer.FlushAsync();
        }
    }
}
