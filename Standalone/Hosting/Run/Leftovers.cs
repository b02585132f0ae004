using System.Diagnostics;
using System.Globalization;

namespace Trading.Standalone.Hosting;

/// <summary>
/// Remembers the processes of a run, so that the next run can end those that a host killed with SIGKILL left behind:
/// a forgotten PostgreSQL would keep its data folder locked. A process is known by its id and its start time.
/// </summary>
internal sealed class Leftovers(LocalFolders folders)
{
    // A service that waits for a store which is ending too is killed: what it has acknowledged is stored.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private string Folder => Directory.CreateDirectory(Path.Combine(folders.Root, "run")).FullName;

    public void Remember(string unit, Process process, int stopSignal)
    {
        if (StartOf(process.Id) is { } start)
        {
            File.WriteAllText(FileOf(unit), string.Create(CultureInfo.InvariantCulture, $"{process.Id} {start} {stopSignal}"));
        }
    }

    public void Forget(string unit) => File.Delete(FileOf(unit));

    public Task EndAsync(CancellationToken cancellation) =>
        Task.WhenAll(Directory.GetFiles(Folder, "*.pid").Select(file => EndAsync(file, cancellation)));

    private static async Task EndAsync(string file, CancellationToken cancellation)
    {
        var parts = (await File.ReadAllTextAsync(file, cancellation)).Split(' ');
        if (parts is [var id, var start, var signal]
            && int.TryParse(id, out var processId)
            && int.TryParse(signal, out var stopSignal)
            && StartOf(processId) == start)
        {
            await EndAsync(processId, stopSignal, cancellation);
        }

        File.Delete(file);
    }

    private static async Task EndAsync(int processId, int signal, CancellationToken cancellation)
    {
        using var process = Process.GetProcessById(processId);
        ProcessSignals.Send(processId, signal);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(_patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill();
            await process.WaitForExitAsync(cancellation);
        }
    }

    /// <summary>When a process started, in clock ticks since boot; null where there is none.</summary>
    private static string? StartOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            // The name, second and in brackets, may have blanks; the start time is the 20th field after it.
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string FileOf(string unit) => Path.Combine(Folder, $"{unit}.pid");
}
