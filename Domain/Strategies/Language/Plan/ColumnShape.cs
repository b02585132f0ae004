namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>How a column follows from others, named by their numbers. No shape reads a later bar.</summary>
/// <param name="IsBoolean">True where each value is a truth: all bits set, or none.</param>
internal abstract record ColumnShape(bool IsBoolean);

/// <summary>A column of the history, or the number of each bar's session.</summary>
internal sealed record InputColumn(InputSeries Series) : ColumnShape(false);

internal sealed record ElementColumn(ElementOperation Operation, Operand Left, Operand Right)
    : ColumnShape(Operation >= ElementOperation.Less);

/// <summary>Whether the left crosses above the right at a bar; or, denied, whether both are known and it does not.</summary>
internal sealed record CrossColumn(Operand Left, Operand Right, bool IsDenied) : ColumnShape(true);

/// <summary>Another column, some bars before.</summary>
/// <param name="Source">The column.</param>
/// <param name="Bars">The constant with their number.</param>
/// <param name="IsBoolean">As the source.</param>
internal sealed record PastColumn(int Source, int Bars, bool IsBoolean) : ColumnShape(IsBoolean);

/// <summary>One of the outputs of an indicator.</summary>
internal sealed record IndicatorColumn(int Group, int Output) : ColumnShape(false);

/// <summary>A column, or a constant, by its number.</summary>
internal readonly record struct Operand(bool IsConstant, int Index);

internal enum InputSeries
{
    Open,
    High,
    Low,
    Close,
    Volume,

    /// <summary>Not in the history: computed of the times.</summary>
    Session,
}
