using Microsoft.Extensions.Options;

namespace Trading.ServiceDefaults.Tracing;

/// <summary>
/// How many traces may begin in this process: so many in each second, whoever collects them. A quiet system is traced
/// whole; under load the cost of tracing stays what it is.
/// </summary>
/// <param name="options">How many.</param>
/// <param name="time">The clock.</param>
public sealed class TraceBudget(IOptions<SpanOptions> options, TimeProvider time)
{
    private long _second;
    private int _begun;

    /// <summary>True where one more trace may begin in this second; it is then counted.</summary>
    public bool TryBegin()
    {
        var most = options.Value.PerSecond;
        var second = time.GetTimestamp() / time.TimestampFrequency;
        if (Interlocked.Exchange(ref _second, second) != second)
        {
            Volatile.Write(ref _begun, 0);
        }

        return Volatile.Read(ref _begun) < most && Interlocked.Increment(ref _begun) <= most;
    }
}
