using Trading.Domain.Indicators;
using Trading.Domain.Strategies.Language.Plan;
using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>The functions that are no indicators.</summary>
internal sealed class FunctionBinder(ErrorList errors, ColumnTable columns, OperatorBinder operators)
{
    private static readonly ConstantValue _one = new(new LiteralConstant(1, true, false));

    public Value? Bind(CallExpression call, List<(Expression Expression, Value Value)> arguments) =>
        call.Function.Text switch
        {
            "crosses_above" => Has(call, arguments, 2, 2) ? Cross(call, arguments[0], arguments[1]) : null,
            "crosses_below" => Has(call, arguments, 2, 2) ? Cross(call, arguments[1], arguments[0]) : null,
            "highest" => Has(call, arguments, 2, 2) ? Extreme(arguments[0], arguments[1], "upper") : null,
            "lowest" => Has(call, arguments, 2, 2) ? Extreme(arguments[0], arguments[1], "lower") : null,
            "previous" => Has(call, arguments, 1, 2)
                ? Past(arguments[0], arguments.Count == 2 ? arguments[1] : (call, _one))
                : null,
            "min" => Has(call, arguments, 2, int.MaxValue) ? Fold(call, ElementOperation.Minimum, arguments) : null,
            "max" => Has(call, arguments, 2, int.MaxValue) ? Fold(call, ElementOperation.Maximum, arguments) : null,
            var name => Has(call, arguments, 1, 1) ? OfOne(call, OperationOf(name), arguments[0]) : null,
        };

    /// <summary>A series some bars before.</summary>
    public SeriesValue? Past((Expression Expression, Value Value) source, (Expression Expression, Value Value) bars)
    {
        if (source.Value is not SeriesValue series)
        {
            errors.Add(source.Expression.Span, "This is the same at every bar.", "Look back at a series, as in close[1].");
            return null;
        }

        if (bars.Value is ConstantValue { Constant.Minimum: < 0 })
        {
            errors.Add(
                bars.Expression.Span, "This would look ahead.", "Only bars before can be read: close[1] is the last.");
            return null;
        }

        return BarsOf(bars, 0) is { } count ? new SeriesValue(columns.Past(series.Column, count), series.IsBoolean) : null;
    }

    private static ElementOperation OperationOf(string name) => name switch
    {
        "abs" => ElementOperation.Absolute,
        "sqrt" => ElementOperation.SquareRoot,
        "log" => ElementOperation.Logarithm,
        "round" => ElementOperation.Round,
        _ => throw new InvalidOperationException($"{name} is listed, but not known."),
    };

    private Value? OfOne(CallExpression call, ElementOperation operation, (Expression Expression, Value Value) of) =>
        operators.IsNumber(of.Expression, of.Value)
            ? operators.Arithmetic(
                call, operation, of.Value, of.Value is ConstantValue ? of.Value : _one)
            : null;

    private SeriesValue? Cross(
        CallExpression call, (Expression Expression, Value Value) above, (Expression Expression, Value Value) below)
    {
        if (!(operators.IsNumber(above.Expression, above.Value) & operators.IsNumber(below.Expression, below.Value)))
        {
            return null;
        }

        if (above.Value is ConstantValue && below.Value is ConstantValue)
        {
            errors.Add(call.Span, "Both are the same at every bar.", "One of the two has to be a series.");
            return null;
        }

        var shape = new CrossColumn(operators.OperandOf(above.Value), operators.OperandOf(below.Value), false);
        return new SeriesValue(columns.Add(shape), true);
    }

    private SeriesValue? Extreme(
        (Expression Expression, Value Value) source, (Expression Expression, Value Value) bars, string output)
    {
        if (source.Value is not SeriesValue { IsBoolean: false } series)
        {
            errors.Add(source.Expression.Span, "A series of numbers is needed here.", "As in highest(high, 20).");
            return null;
        }

        return BarsOf(bars, 1) is { } count
            ? new SeriesValue(columns.Extreme(series.Column, count, output), false)
            : null;
    }

    private Value? Fold(
        CallExpression call, ElementOperation operation, List<(Expression Expression, Value Value)> arguments)
    {
        if (!arguments.TrueForAll(argument => operators.IsNumber(argument.Expression, argument.Value)))
        {
            return null;
        }

        return arguments.Skip(1).Aggregate(
            (Value?)arguments[0].Value,
            (all, next) => all is null ? null : operators.Arithmetic(call, operation, all, next.Value));
    }

    private Constant? BarsOf((Expression Expression, Value Value) bars, int minimum)
    {
        if (bars.Value is ConstantValue { Constant: { IsInteger: true, Maximum: <= IndicatorParameter.LongestPeriod } count }
            && count.Minimum >= minimum)
        {
            return count;
        }

        errors.Add(
            bars.Expression.Span,
            $"The number of bars must be a whole number from {minimum} to {IndicatorParameter.LongestPeriod}, the same "
            + "at every bar.",
            "Write a number or the name of a param.");
        return null;
    }

    private bool Has(
        CallExpression call, List<(Expression Expression, Value Value)> arguments, int least, int most)
    {
        if (arguments.Count >= least && arguments.Count <= most)
        {
            return true;
        }

        var signature = StrategyReference.All.First(entry => entry.Name == call.Function.Text).Signature;
        errors.Add(
            call.Span, $"{call.Function.Text} is not called with {arguments.Count} values.", $"Write {signature}.");
        return false;
    }
}
