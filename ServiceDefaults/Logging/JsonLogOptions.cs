namespace Trading.ServiceDefaults.Logging;

/// <summary>Where log lines go besides the standard output; section <c>Logs</c>.</summary>
public class JsonLogOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Logs";

    /// <summary>The folder of the log files; null writes none.</summary>
    public string? Folder { get; set; }

    /// <summary>The size in bytes at which a file is put aside and a new one begun.</summary>
    public long FileBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>How many files are kept of each kind, the one being written included.</summary>
    public int FilesKept { get; set; } = 10;

    /// <summary>Lines that may wait to be written; more are dropped and counted.</summary>
    public int QueueLength { get; set; } = 8192;
}

/// <summary>The same with rules. The log itself goes by what is set as well as it can: it is there before they are read.</summary>
internal sealed class CheckedLogOptions : JsonLogOptions;
