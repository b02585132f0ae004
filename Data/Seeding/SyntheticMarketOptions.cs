namespace Trading.Data.Seeding;

/// <summary>The section <c>Market</c>.</summary>
public sealed class SyntheticMarketOptions
{
    public const string Section = "Market";

    /// <summary>Whether an empty database is filled with the invented market.</summary>
    public bool Synthetic { get; set; } = true;

    public long Seed { get; set; } = 1;
}
