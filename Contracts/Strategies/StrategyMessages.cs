namespace Trading.Contracts;

/// <summary>A strategy of one's own, new or changed.</summary>
/// <param name="Name">What it is called, 1 to 80 characters.</param>
/// <param name="Source">Its text, in the strategy language, without errors.</param>
/// <param name="Description">What it does, at most 500 characters.</param>
public sealed record StrategyRequest(string? Name = null, string? Source = null, string? Description = null);

/// <summary>Who may read a strategy.</summary>
/// <param name="Visibility"><c>private</c>: its owner; <c>shared</c>: every signed-in user.</param>
public sealed record StrategyVisibilityRequest(string? Visibility = null);

/// <summary>A text to check.</summary>
/// <param name="Source">The text, at most 10,000 characters.</param>
public sealed record StrategyCheckRequest(string? Source = null);

/// <summary>A strategy in a list.</summary>
/// <param name="Id">Its id; of a built-in one its name, such as <c>ma_cross</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it does; empty where nobody said.</param>
/// <param name="Kind"><c>own</c>, <c>shared</c> (another user's) or <c>built_in</c>.</param>
/// <param name="Visibility"><c>private</c> or <c>shared</c>.</param>
/// <param name="Version">The newest version.</param>
/// <param name="UpdatedAt">When it was changed last, UTC; null for a built-in one.</param>
public sealed record StrategySummaryResponse(
    string Id, string Name, string Description, string Kind, string Visibility, int Version, DateTime? UpdatedAt);

/// <summary>A strategy with its newest text.</summary>
/// <param name="Id">Its id; of a built-in one its name, such as <c>ma_cross</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it does; empty where nobody said.</param>
/// <param name="Kind"><c>own</c>, <c>shared</c> (another user's) or <c>built_in</c>.</param>
/// <param name="Visibility"><c>private</c> or <c>shared</c>.</param>
/// <param name="Version">The version of this text.</param>
/// <param name="Source">The text; null for a built-in one that is not written in the language.</param>
/// <param name="Parameters">The numbers that it can be run with.</param>
/// <param name="CreatedAt">When it was made, UTC; null for a built-in one.</param>
/// <param name="UpdatedAt">When it was changed last, UTC; null for a built-in one.</param>
/// <param name="Revision">Counts its changes; also the answer's <c>ETag</c>. Goes into <c>If-Match</c>.</param>
public sealed record StrategyResponse(
    string Id,
    string Name,
    string Description,
    string Kind,
    string Visibility,
    int Version,
    string? Source,
    IReadOnlyList<StrategyParameterResponse> Parameters,
    DateTime? CreatedAt,
    DateTime? UpdatedAt,
    int Revision);

/// <summary>A version of a strategy.</summary>
/// <param name="Version">Its number, from 1.</param>
/// <param name="Source">Its text.</param>
/// <param name="CreatedAt">When it was written, UTC.</param>
public sealed record StrategyVersionResponse(int Version, string Source, DateTime CreatedAt);

/// <summary>A number that a strategy can be run with.</summary>
/// <param name="Name">Its name, such as <c>fast</c>.</param>
/// <param name="Default">The value unless told.</param>
/// <param name="Minimum">The smallest value allowed.</param>
/// <param name="Maximum">The largest value allowed.</param>
/// <param name="Step">How far apart the values of a search are; null for as it likes.</param>
/// <param name="Whole">True where only whole numbers are allowed.</param>
public sealed record StrategyParameterResponse(
    string Name, double Default, double Minimum, double Maximum, double? Step, bool Whole);

/// <summary>What is to be said of a text.</summary>
/// <param name="Valid">True where it can be saved and run.</param>
/// <param name="Errors">What is wrong, in the order of the text.</param>
/// <param name="Parameters">Its parameters; empty where it is not valid.</param>
/// <param name="WarmUp">Bars needed before the first that is traded, with the defaults; null where not valid.</param>
/// <param name="Settling">Bars to have before it, so that where the history starts does not show.</param>
/// <param name="Indicators">The indicators it computes, such as <c>ema(12)</c>.</param>
public sealed record StrategyCheckResponse(
    bool Valid,
    IReadOnlyList<StrategyErrorResponse> Errors,
    IReadOnlyList<StrategyParameterResponse> Parameters,
    int? WarmUp,
    int? Settling,
    IReadOnlyList<string> Indicators);

/// <summary>What is wrong with a strategy's text, and where.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 units.</param>
/// <param name="Length">How many characters it concerns; 0 at an end.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do about it; null where the message says it.</param>
public sealed record StrategyErrorResponse(int Line, int Column, int Length, string Message, string? Hint);

/// <summary>The words of the strategy language, and its limits.</summary>
/// <param name="Words">Clauses, series, operators, functions and indicators.</param>
/// <param name="Limits">How large a strategy may be, by name.</param>
public sealed record StrategyLanguageResponse(
    IReadOnlyList<StrategyWordResponse> Words, IReadOnlyDictionary<string, double> Limits);

/// <summary>A word of the strategy language.</summary>
/// <param name="Name">The word.</param>
/// <param name="Kind"><c>clause</c>, <c>series</c>, <c>operator</c>, <c>function</c> or <c>indicator</c>.</param>
/// <param name="Signature">How it is written.</param>
/// <param name="Summary">What it means.</param>
/// <param name="Outputs">The series of an indicator, the first being the one without a name; else empty.</param>
public sealed record StrategyWordResponse(
    string Name, string Kind, string Signature, string Summary, IReadOnlyList<string> Outputs);
