namespace Trading.Contracts;

/// <summary>What came of a backtest. Figures are null where undefined; times are UTC.</summary>
public sealed record BacktestResult
{
    /// <summary>What it was computed from.</summary>
    public required ResultStamp Stamp { get; init; }

    /// <summary>How it was run.</summary>
    public required ResultSettings Settings { get; init; }

    /// <summary>Bars of all instruments that counted.</summary>
    public required long Bars { get; init; }

    /// <summary>How the account did, by the names of the definitions.</summary>
    public required IReadOnlyDictionary<string, System.Text.Json.JsonElement> Performance { get; init; }

    /// <summary>How its trades did.</summary>
    public required IReadOnlyDictionary<string, System.Text.Json.JsonElement> TradeMetrics { get; init; }

    /// <summary>How it stands against the benchmark.</summary>
    public IReadOnlyDictionary<string, System.Text.Json.JsonElement>? Benchmark { get; init; }

    /// <summary>The deepest drawdowns, deepest first.</summary>
    public required IReadOnlyList<ResultDrawdown> Drawdowns { get; init; }

    /// <summary>The return of every month, oldest first.</summary>
    public required IReadOnlyList<ResultMonth> Months { get; init; }

    /// <summary>How sure the main figures are: 95 % intervals.</summary>
    public required IReadOnlyList<ResultInterval> Intervals { get; init; }

    /// <summary>Entries made smaller for want of cash.</summary>
    public required int ReducedEntries { get; init; }

    /// <summary>Entries not made.</summary>
    public required int RefusedEntries { get; init; }

    /// <summary>When the account had nothing left.</summary>
    public DateTime? LiquidatedAt { get; init; }

    /// <summary>What came of the sweep; null where it was none.</summary>
    public ResultSweep? Sweep { get; init; }
}

/// <summary>What a result was computed from: the same stamp and settings give the same result.</summary>
/// <param name="DataVersion">A hash over all bars and dividends.</param>
/// <param name="CodeVersion">The version of the program.</param>
/// <param name="Strategy">The strategy's name, with its version.</param>
/// <param name="Arguments">The values of its parameters.</param>
/// <param name="Universe"><c>point_in_time</c> or <c>survivorship_biased</c>.</param>
/// <param name="LookAhead">What came of the check for looking ahead.</param>
/// <param name="Synthetic">True where any price was invented or replayed.</param>
/// <param name="SplitsApplied">Splits by which prices were divided here.</param>
/// <param name="SplitsFound">Splits that the prices had in them already.</param>
/// <param name="Missing">Instruments without bars in the range.</param>
public sealed record ResultStamp(
    string DataVersion,
    string CodeVersion,
    string Strategy,
    IReadOnlyDictionary<string, double> Arguments,
    string Universe,
    ResultLookAhead LookAhead,
    bool Synthetic,
    int SplitsApplied,
    int SplitsFound,
    IReadOnlyList<string> Missing);

/// <summary>Whether a strategy decides otherwise when later bars are cut off.</summary>
/// <param name="Passed">True where it does not.</param>
/// <param name="Prefixes">How many places were cut at.</param>
/// <param name="Detail">Where it differed; null where it passed.</param>
public sealed record ResultLookAhead(bool Passed, int Prefixes, string? Detail);

/// <summary>How a backtest was run.</summary>
/// <param name="InitialCash">What the account started with.</param>
/// <param name="Costs">What trading cost.</param>
/// <param name="AllowShort">Whether units may be sold short.</param>
/// <param name="RiskFreeRate">The risk-free rate a year.</param>
/// <param name="PeriodsPerYear">Days of trading a year.</param>
/// <param name="BootstrapSamples">How often returns were drawn anew.</param>
/// <param name="Seed">What fixed the random numbers.</param>
public sealed record ResultSettings(
    decimal InitialCash,
    BacktestCosts Costs,
    bool AllowShort,
    double RiskFreeRate,
    int PeriodsPerYear,
    int BootstrapSamples,
    long Seed);

/// <summary>A fall of equity from a peak, and the way back.</summary>
/// <param name="Peak">When the peak was.</param>
/// <param name="Valley">When it was deepest.</param>
/// <param name="Recovery">When the peak was reached again.</param>
/// <param name="Depth">A negative fraction.</param>
/// <param name="Days">From the peak to the recovery, or to the end.</param>
public sealed record ResultDrawdown(DateTime Peak, DateTime Valley, DateTime? Recovery, double Depth, double Days);

/// <summary>The return of one calendar month.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">The month, 1 to 12.</param>
/// <param name="Return">A fraction.</param>
public sealed record ResultMonth(int Year, int Month, double Return);

/// <summary>Where 95 % of a figure's values lie when the returns are drawn anew.</summary>
/// <param name="Metric">The figure.</param>
/// <param name="Value">Its value.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public sealed record ResultInterval(string Metric, double Value, double Low, double High);
