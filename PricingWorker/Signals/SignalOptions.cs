using System.ComponentModel.DataAnnotations;

namespace Trading.PricingWorker.Signals;

/// <summary>The section <c>Signals</c>.</summary>
internal sealed class SignalOptions
{
    public const string Section = "Signals";

    public bool Enabled { get; set; } = true;

    /// <summary>Codes of intervals, such as <c>1d</c> or <c>1h</c>, separated by commas.</summary>
    [Required]
    public string Intervals { get; set; } = "1d";

    /// <summary>How often it is looked for bars that have closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its time a bar counts as closed: its last quotes are stored by then.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "12:00:00")]
    public TimeSpan CloseDelay { get; set; } = TimeSpan.FromSeconds(10);
}
