using System.ComponentModel.DataAnnotations;

namespace Trading.PricingWorker.Sources;

/// <summary>The section <c>Quotes:Replay</c>.</summary>
internal sealed class ReplayOptions
{
    /// <summary>First session, inclusive; null from the first stored one.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last session, inclusive; null to the last stored one.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Sessions played per minute.</summary>
    [Range(0.01, 10_000)]
    public double Speed { get; init; } = 30;

    /// <summary>Starts over after the last session, rather than falling silent.</summary>
    public bool Loop { get; init; } = true;
}
