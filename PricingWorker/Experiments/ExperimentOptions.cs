using System.ComponentModel.DataAnnotations;

namespace Trading.PricingWorker.Experiments;

/// <summary>The section <c>Experiments</c>.</summary>
internal sealed class ExperimentOptions
{
    public const string Section = "Experiments";

    /// <summary>False leaves experiments to other workers.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How often it is looked for bars that have closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its time a bar counts as closed: those of all instruments are stored by then.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "12:00:00")]
    public TimeSpan CloseDelay { get; set; } = TimeSpan.FromSeconds(10);
}
