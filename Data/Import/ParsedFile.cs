using Trading.Domain.Currencies;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>A whole file in memory: nothing is written before everything could be read.</summary>
internal sealed class ParsedFile(ImportKind kind)
{
    public ImportKind Kind { get; } = kind;

    public long RowsRead { get; set; }

    public List<TickerRows> Tickers { get; } = [];

    public List<ReferenceRow> Reference { get; } = [];

    public List<ArchivedBar> Archived { get; } = [];

    public List<ReferenceRate> Rates { get; } = [];

    public List<RowRejection> Rejections { get; } = [];
}

/// <summary>What a file says of one ticker.</summary>
internal sealed class TickerRows(string ticker)
{
    public string Ticker { get; } = ticker;

    /// <summary>Of an instrument that is not known yet; null for its exchange's.</summary>
    public string? Currency { get; init; }

    public List<FileBar> Bars { get; } = [];

    public List<FileAction> Actions { get; } = [];
}

/// <summary>A sound row; the bar's time is set when the exchange is known.</summary>
internal readonly record struct FileBar(long Line, DateOnly Session, Bar Bar);

internal readonly record struct FileAction(long Line, CorporateAction Action);

internal sealed record ReferenceRow(long Line, string Ticker, string Name, string? Sector, string Content);

/// <summary>A bar that was moved out of the database.</summary>
internal readonly record struct ArchivedBar(long Line, string Ticker, BarInterval Interval, Bar Bar, BarSource Source);

/// <summary>A row that was not stored, and why.</summary>
/// <param name="Line">The line of the file, the header being 1.</param>
/// <param name="Content">What the row said, as CSV.</param>
public sealed record RowRejection(long Line, string? Ticker, BarDefect Defect, string Content);
