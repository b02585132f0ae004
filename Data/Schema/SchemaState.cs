namespace Trading.Data.Schema;

/// <summary>Tells the rest of a service when the tables are there.</summary>
public sealed class SchemaState
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once; never fails, as migration is tried until it succeeds.</summary>
    public Task WhenReady => _ready.Task;

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Why the last attempt failed, while not ready.</summary>
    public string? LastError { get; private set; }

    internal void MarkReady()
    {
        LastError = null;
        _ready.TrySetResult();
    }

    internal void MarkFailed(string error) => LastError = error;
}
