using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <param name="Exchange">Where instruments that the file introduces are listed.</param>
/// <param name="Ticker">Whose rows they are, for a file that does not say so itself; else null.</param>
/// <param name="Prices">What the prices were adjusted for; null where it is to be found out from the splits.</param>
public sealed record ImportOptions(Exchange Exchange, string? Ticker = null, PriceAdjustment? Prices = null)
{
    public static ImportOptions Default { get; } = new(Exchange.All[0]);
}

/// <summary>What became of a file. Every row read is stored, updated, unchanged, rejected or quarantined.</summary>
public sealed record ImportReport
{
    public required string FileName { get; init; }

    public required ImportKind Kind { get; init; }

    /// <summary>The row of the table imports.</summary>
    public long ImportId { get; init; }

    public long RowsRead { get; init; }

    public long Stored { get; init; }

    public long Updated { get; init; }

    public long Unchanged { get; init; }

    /// <summary>Splits and dividends stored or changed from columns beside the prices.</summary>
    public long Actions { get; init; }

    public int InstrumentsCreated { get; init; }

    /// <summary>Rejected and quarantined rows, by line.</summary>
    public required IReadOnlyList<RowRejection> Rejections { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime FinishedAt { get; init; }

    public int Quarantined => Rejections.Count(row => row.Defect.Quarantined);

    public int Rejected => Rejections.Count - Quarantined;
}
