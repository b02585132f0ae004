using System.ComponentModel.DataAnnotations;

namespace Trading.PricingWorker.Sources;

/// <summary>The section <c>Quotes</c> of the configuration; docs/quotes.md explains each key.</summary>
internal sealed class QuoteOptions
{
    public const string Section = "Quotes";

    public QuoteSourceKind Source { get; init; } = QuoteSourceKind.Simulated;

    public long Seed { get; init; } = 1;

    [Range(0.1, 50)]
    public double TicksPerSecond { get; init; } = 2;

    [Range(0.001, 1)]
    public double ChangeShare { get; init; } = 0.5;

    /// <summary>Separated by commas; empty for all.</summary>
    public string Tickers { get; init; } = string.Empty;

    [Range(1, 100_000)]
    public int Limit { get; init; } = 10_000;

    [Range(100, 10_000_000)]
    public int StreamLength { get; init; } = 7200;

    [Range(1 << 16, 1 << 30)]
    public long BacklogBytes { get; init; } = 64 << 20;

    public ReplayOptions Replay { get; init; } = new();

    public TimeSpan TickPeriod => TimeSpan.FromSeconds(1 / TicksPerSecond);

    public bool Selects(string ticker) =>
        Tickers.Length == 0
        || Tickers.Split(',', StringSplitOptions.TrimEntries).Contains(ticker, StringComparer.OrdinalIgnoreCase);
}
