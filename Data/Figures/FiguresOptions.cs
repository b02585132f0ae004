using System.ComponentModel.DataAnnotations;

namespace Trading.Data.Figures;

/// <summary>Section <c>Figures</c>.</summary>
public sealed class FiguresOptions
{
    public const string Section = "Figures";

    /// <summary>How often the database is asked what it holds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(30);
}
