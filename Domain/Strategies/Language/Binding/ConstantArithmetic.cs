namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>Computes with constants and their ranges.</summary>
internal static class ConstantArithmetic
{
    public static double Compute(ElementOperation operation, double left, double right) => operation switch
    {
        ElementOperation.Add => left + right,
        ElementOperation.Subtract => left - right,
        ElementOperation.Multiply => left * right,
        ElementOperation.Divide => left / right,
        ElementOperation.Minimum => Math.Min(left, right),
        ElementOperation.Maximum => Math.Max(left, right),
        ElementOperation.Absolute => Math.Abs(left),
        ElementOperation.SquareRoot => Math.Sqrt(left),
        ElementOperation.Logarithm => Math.Log(left),
        ElementOperation.Round => Math.Round(left, MidpointRounding.AwayFromZero),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No operation of constants."),
    };

    /// <summary>The constant; null where it is not defined for some values of the parameters.</summary>
    public static Constant? Combine(ElementOperation operation, Constant left, Constant right)
    {
        var isUndefined = operation switch
        {
            ElementOperation.Divide => right.Minimum <= 0 && right.Maximum >= 0,
            ElementOperation.SquareRoot => left.Minimum < 0,
            ElementOperation.Logarithm => left.Minimum <= 0,
            _ => false,
        };
        if (isUndefined)
        {
            return null;
        }

        var (minimum, maximum) = Range(operation, left, right);
        if (!double.IsFinite(minimum) || !double.IsFinite(maximum))
        {
            return null;
        }

        var (isInteger, isPercent) = (IsInteger(operation, left, right), IsPercent(operation, left, right));
        return left is LiteralConstant && right is LiteralConstant
            ? new LiteralConstant(minimum, isInteger, isPercent)
            : new ComputedConstant(operation, left, right, minimum, maximum, isInteger, isPercent);
    }

    // Each operation is monotonic in each value on either side of 0, so that its extremes are at ends, or at 0.
    private static (double Minimum, double Maximum) Range(ElementOperation operation, Constant left, Constant right)
    {
        if (operation == ElementOperation.Absolute && left.Minimum < 0 && left.Maximum > 0)
        {
            return (0, Math.Max(-left.Minimum, left.Maximum));
        }

        ReadOnlySpan<double> ends =
        [
            Compute(operation, left.Minimum, right.Minimum),
            Compute(operation, left.Minimum, right.Maximum),
            Compute(operation, left.Maximum, right.Minimum),
            Compute(operation, left.Maximum, right.Maximum),
        ];
        var (minimum, maximum) = (ends[0], ends[0]);
        foreach (var end in ends[1..])
        {
            (minimum, maximum) = (Math.Min(minimum, end), Math.Max(maximum, end));
        }

        return (minimum, maximum);
    }

    private static bool IsInteger(ElementOperation operation, Constant left, Constant right) => operation switch
    {
        ElementOperation.Divide or ElementOperation.SquareRoot or ElementOperation.Logarithm => false,
        ElementOperation.Round => true,
        _ => left.IsInteger && right.IsInteger,
    };

    // Half of 5% is a percentage, 5% of a price is not: what a percentage is of is said by series, not by constants.
    private static bool IsPercent(ElementOperation operation, Constant left, Constant right) => operation switch
    {
        ElementOperation.Multiply => left.IsPercent != right.IsPercent,
        ElementOperation.Divide => left.IsPercent && !right.IsPercent,
        ElementOperation.SquareRoot or ElementOperation.Logarithm or ElementOperation.Round => false,
        _ => left.IsPercent && right.IsPercent,
    };
}
