namespace Trading.ServiceDefaults.Logging;

/// <summary>The request that the current code runs for, as log lines name it.</summary>
public interface IRequestIdentity
{
    /// <summary>The request's id, as the client knows it; null once the request is over.</summary>
    string? RequestId { get; }

    /// <summary>The id of the request's trace in 32 hex digits; null once the request is over.</summary>
    string? TraceId { get; }
}

/// <summary>Carries the request along with the code that runs for it.</summary>
public static class RequestIdentity
{
    private static readonly AsyncLocal<IRequestIdentity?> _current = new();

    /// <summary>The request of the code that asks; null outside requests.</summary>
    public static IRequestIdentity? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }
}
