namespace Trading.Standalone.Hosting;

/// <summary>What to start as a process.</summary>
internal sealed record Launch(string FileName, IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Written to the process's standard input, so that secrets are on no command line.</summary>
    public string? Input { get; init; }

    public int StopSignal { get; init; } = ProcessSignals.Terminate;
}

/// <summary>How one kind of resource is started and probed.</summary>
internal interface ILauncher
{
    Task<Launch> PrepareAsync(CancellationToken cancellation);

    Task<bool> IsHealthyAsync(CancellationToken cancellation);

    /// <summary>Removes what the run leaves behind and nobody wants to keep.</summary>
    void CleanUp();
}
