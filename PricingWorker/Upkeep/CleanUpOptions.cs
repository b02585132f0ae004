namespace Trading.PricingWorker.Upkeep;

/// <summary>How long what is over is kept; section <c>CleanUp</c>.</summary>
internal sealed class CleanUpOptions
{
    public const string Section = "CleanUp";

    /// <summary>Events and their deliveries to webhooks, whatever became of them.</summary>
    public TimeSpan KeepEventsFor { get; set; } = TimeSpan.FromDays(30);
}
