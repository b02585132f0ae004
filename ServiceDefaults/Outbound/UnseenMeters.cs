using System.Diagnostics.Metrics;

namespace Trading.ServiceDefaults.Outbound;

/// <summary>
/// Keeps users' hosts out of the metrics: the framework's are labelled with the server's name, and users could make as
/// many as they like.
/// </summary>
internal sealed class UnseenMeters : IMeterFactory
{
    public static UnseenMeters Instance { get; } = new();

    private readonly Meter _meter = new("Unseen");

    public Meter Create(MeterOptions options) => _meter;

    public void Dispose() => _meter.Dispose();
}
