using System.ComponentModel.DataAnnotations;

namespace Trading.PricingWorker.Sharing;

/// <summary>How workers share the quoted instruments; section <c>Quotes:Sharing</c>.</summary>
internal sealed class ShareOptions
{
    public const string Section = "Quotes:Sharing";

    /// <summary>How long a dead worker's instruments stay its own.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a worker looks for what is free, and gives away what is too much.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);
}
