namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>
/// A number that is the same at every bar: written, a parameter, or computed of these. Its range over all values of the
/// parameters is known, so that what is checked once holds for every run.
/// </summary>
internal abstract record Constant(double Minimum, double Maximum, bool IsInteger, bool IsPercent)
{
    public abstract double Evaluate(ReadOnlySpan<double> arguments);
}

internal sealed record LiteralConstant(double Value, bool IsInteger, bool IsPercent)
    : Constant(Value, Value, IsInteger, IsPercent)
{
    public override double Evaluate(ReadOnlySpan<double> arguments) => Value;
}

internal sealed record ParameterConstant(int Index, double Minimum, double Maximum, bool IsInteger, bool IsPercent)
    : Constant(Minimum, Maximum, IsInteger, IsPercent)
{
    public override double Evaluate(ReadOnlySpan<double> arguments) => arguments[Index];
}

internal sealed record ComputedConstant(
    ElementOperation Operation,
    Constant Left,
    Constant Right,
    double Minimum,
    double Maximum,
    bool IsInteger,
    bool IsPercent) : Constant(Minimum, Maximum, IsInteger, IsPercent)
{
    public override double Evaluate(ReadOnlySpan<double> arguments) =>
        ConstantArithmetic.Compute(Operation, Left.Evaluate(arguments), Right.Evaluate(arguments));
}
