namespace Trading.PricingWorker.Upkeep;

/// <summary>How bars are kept; section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>For how many months to come there are partitions of intraday bars.</summary>
    public int MonthsAhead { get; set; } = 2;

    /// <summary>How long bars of an interval are kept, by its code; what is not named is kept for good.</summary>
    public Dictionary<string, TimeSpan> Keep { get; } = new(StringComparer.Ordinal);

    /// <summary>Where bars are put that are not kept any longer.</summary>
    public string? ExportFolder { get; set; }
}
