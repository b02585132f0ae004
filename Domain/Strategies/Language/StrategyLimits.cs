namespace Trading.Domain.Strategies.Language;

/// <summary>How large a strategy may be, so that checking it and running it has a bounded cost.</summary>
public static class StrategyLimits
{
    /// <summary>Characters of its text.</summary>
    public const int Characters = 10_000;

    /// <summary>Words, numbers and signs of its text.</summary>
    public const int Tokens = 1_500;

    /// <summary>Brackets within brackets, and signs before a value.</summary>
    public const int Nesting = 24;

    /// <summary>Characters of a name.</summary>
    public const int NameLength = 40;

    /// <summary>Parameters.</summary>
    public const int Parameters = 16;

    /// <summary>Different columns that are computed: indicators, comparisons and operations.</summary>
    public const int Columns = 300;

    /// <summary>Different indicators and windows, each with its own numbers.</summary>
    public const int Indicators = 32;

    /// <summary>The sum of their periods, in bars.</summary>
    public const int TotalPeriod = 10_000;

    /// <summary>The largest number that may be written.</summary>
    public const double LargestNumber = 1e12;

    /// <summary>Errors that are told at once.</summary>
    public const int Errors = 20;

    /// <summary>Bytes of columns held at a time; a longer history is refused.</summary>
    public const long ColumnBytes = 1L << 30;
}
