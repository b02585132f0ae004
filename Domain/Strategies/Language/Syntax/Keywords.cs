namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>The words of the language itself.</summary>
internal static class Keywords
{
    public const string Parameter = "param";
    public const string Let = "let";
    public const string Entry = "entry";
    public const string Exit = "exit";
    public const string ShortEntry = "short_entry";
    public const string ShortExit = "short_exit";
    public const string Stop = "stop";
    public const string Target = "target";
    public const string Expiry = "expiry";
    public const string Size = "size";

    /// <summary>The clauses that end with a colon.</summary>
    public static IReadOnlyList<string> Rules { get; } =
        [Entry, Exit, ShortEntry, ShortExit, Stop, Target, Expiry, Size];

    /// <summary>What a line can start with.</summary>
    public static IReadOnlyList<string> Clauses { get; } = [.. Rules, Parameter, Let];

    /// <summary>Whether the word is an operator, and thus no name.</summary>
    public static bool IsOperator(string word) => word is "and" or "or" or "not";

    /// <summary>Whether the word cannot be given to a parameter or series.</summary>
    public static bool IsReserved(string word) =>
        IsOperator(word) || word is "in" or "step" or "bars" or "bar" || Clauses.Contains(word);
}
