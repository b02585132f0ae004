using Trading.Domain.Strategies.Language.Plan;
using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>Signs between values: arithmetic of numbers, comparisons, and the logic of conditions.</summary>
internal sealed class OperatorBinder(ErrorList errors, ColumnTable columns)
{
    private static readonly LiteralConstant _zero = new(0, true, false);

    public Value? Bind(UnaryExpression unary, Value operand)
    {
        if (unary.Operator.Text == "not")
        {
            return IsCondition(unary.Operand, operand, "not")
                ? new SeriesValue(columns.Deny(((SeriesValue)operand).Column), true)
                : null;
        }

        if (!IsNumber(unary.Operand, operand))
        {
            return null;
        }

        // A percentage stays one.
        return operand is ConstantValue { Constant: var constant }
            ? Arithmetic(unary, ElementOperation.Multiply, new ConstantValue(new LiteralConstant(-1, true, false)),
                new ConstantValue(constant))
            : Arithmetic(unary, ElementOperation.Subtract, new ConstantValue(_zero), operand);
    }

    public Value? Bind(BinaryExpression binary, Value left, Value right) => binary.Operator.Text switch
    {
        "and" => Logic(binary, ElementOperation.And, left, right),
        "or" => Logic(binary, ElementOperation.Or, left, right),
        "<" => Compare(binary, ElementOperation.Less, left, right),
        "<=" => Compare(binary, ElementOperation.LessOrEqual, left, right),
        ">" => Compare(binary, ElementOperation.Less, left, right, isSwapped: true),
        ">=" => Compare(binary, ElementOperation.LessOrEqual, left, right, isSwapped: true),
        "==" => Compare(binary, ElementOperation.Equal, left, right),
        "!=" => Compare(binary, ElementOperation.NotEqual, left, right),
        "+" => Sum(binary, ElementOperation.Add, left, right),
        "-" => Sum(binary, ElementOperation.Subtract, left, right),
        "*" => Numbers(binary, ElementOperation.Multiply, left, right),
        _ => Numbers(binary, ElementOperation.Divide, left, right),
    };

    /// <summary>Tells where a condition stands in the place of a number.</summary>
    public bool IsNumber(Expression expression, Value value)
    {
        if (value is not SeriesValue { IsBoolean: true })
        {
            return true;
        }

        errors.Add(
            expression.Span,
            "This is a condition, a number is needed here.",
            expression is BinaryExpression ? "Join conditions with and: low < x and x < high." : null);
        return false;
    }

    /// <summary>Tells where a number stands in the place of a condition.</summary>
    public bool IsCondition(Expression expression, Value value, string place)
    {
        if (value is SeriesValue { IsBoolean: true })
        {
            return true;
        }

        errors.Add(
            expression.Span,
            $"{place} needs a condition, this is a number.",
            "Compare it with something, as in rsi(14) < 30.");
        return false;
    }

    /// <summary>The operation on numbers, known to be numbers.</summary>
    public Value? Arithmetic(Expression expression, ElementOperation operation, Value left, Value right)
    {
        if (left is ConstantValue { Constant: var first } && right is ConstantValue { Constant: var second })
        {
            if (ConstantArithmetic.Combine(operation, first, second) is { } constant)
            {
                return new ConstantValue(constant);
            }

            errors.Add(
                expression.Span,
                operation == ElementOperation.Divide ? "This may divide by zero." : "This is not defined.",
                "It has to be defined for all that the parameters may be.");
            return null;
        }

        var column = columns.Add(new ElementColumn(operation, OperandOf(left), OperandOf(right)));
        return new SeriesValue(column, false);
    }

    public Operand OperandOf(Value value) => value switch
    {
        ConstantValue constant => columns.Constant(constant.Constant),
        SeriesValue series => new(false, series.Column),
        _ => throw new InvalidOperationException("An unknown value."),
    };

    private Value? Numbers(BinaryExpression binary, ElementOperation operation, Value left, Value right) =>
        IsNumber(binary.Left, left) & IsNumber(binary.Right, right)
            ? Arithmetic(binary, operation, left, right)
            : null;

    // close + 5% would be the close and 5 cents.
    private Value? Sum(BinaryExpression binary, ElementOperation operation, Value left, Value right)
    {
        var isMixed = (left, right) is (SeriesValue, ConstantValue { Constant.IsPercent: true })
            or (ConstantValue { Constant.IsPercent: true }, SeriesValue);
        if (!isMixed)
        {
            return Numbers(binary, operation, left, right);
        }

        errors.Add(
            binary.Span,
            "A percentage cannot be added to a series, or taken from it.",
            "Multiply: close * (1 + 5%), or 5% * close.");
        return null;
    }

    private SeriesValue? Compare(
        BinaryExpression binary, ElementOperation operation, Value left, Value right, bool isSwapped = false)
    {
        if (!(IsNumber(binary.Left, left) & IsNumber(binary.Right, right)))
        {
            return null;
        }

        var (first, second) = (OperandOf(left), OperandOf(right));
        var shape = isSwapped ? new ElementColumn(operation, second, first) : new(operation, first, second);
        return new SeriesValue(columns.Add(shape), true);
    }

    private SeriesValue? Logic(BinaryExpression binary, ElementOperation operation, Value left, Value right)
    {
        var word = binary.Operator.Text;
        return IsCondition(binary.Left, left, word) & IsCondition(binary.Right, right, word)
            ? new SeriesValue(columns.Add(new ElementColumn(operation, OperandOf(left), OperandOf(right))), true)
            : null;
    }
}
