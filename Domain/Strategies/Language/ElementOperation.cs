namespace Trading.Domain.Strategies.Language;

/// <summary>What is done bar by bar with one value, or two.</summary>
internal enum ElementOperation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Minimum,
    Maximum,

    /// <summary>Of one value, as those that follow.</summary>
    Absolute,
    SquareRoot,
    Logarithm,
    Round,

    /// <summary>False where a value is undefined, as those that follow.</summary>
    Less,
    LessOrEqual,
    Equal,
    NotEqual,

    And,
    Or,
}
