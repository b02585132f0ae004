using Trading.Domain.Indicators;
using Trading.Domain.Strategies.Language.Plan;
using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>
/// Finds what the names of an expression mean and whether its types fit, and puts its columns into the table. Gives
/// null for what is in error, once it is told.
/// </summary>
internal sealed class ExpressionBinder
{
    private readonly ErrorList _errors;
    private readonly Scope _scope;
    private readonly ColumnTable _columns;
    private readonly OperatorBinder _operators;
    private readonly FunctionBinder _functions;
    private readonly IndicatorBinder _indicators;

    public ExpressionBinder(ErrorList errors, Scope scope, ColumnTable columns)
    {
        (_errors, _scope, _columns) = (errors, scope, columns);
        _operators = new(errors, columns);
        _functions = new(errors, columns, _operators);
        _indicators = new(errors, columns);
    }

    public Value? Bind(Expression expression)
    {
        if (_columns.Shapes.Count > StrategyLimits.Columns)
        {
            _errors.Add(
                expression.Span, $"The strategy computes too much: more than {StrategyLimits.Columns} columns.");
            return null;
        }

        return expression switch
        {
            NumberExpression number =>
                new ConstantValue(new LiteralConstant(number.Value, number.IsInteger, number.IsPercent)),
            NameExpression name => BindName(name),
            CallExpression call => BindCall(call, output: null),
            MemberExpression member => BindMember(member),
            PastExpression past => BindPast(past),
            UnaryExpression unary => BindUnary(unary),
            BinaryExpression binary => BindBinary(binary),
            _ => throw new InvalidOperationException($"An unknown expression: {expression.GetType().Name}."),
        };
    }

    private Value? BindName(NameExpression name)
    {
        if (SeriesNames.Find(name.Name) is { } series)
        {
            return new SeriesValue(_columns.Input(series), false);
        }

        if (_scope.TryFind(name.Name, out var value))
        {
            return value;
        }

        if (IndicatorCatalog.TryFind(name.Name, out var definition))
        {
            return _indicators.Bind(name.Span, definition, [], output: null);
        }

        if (StrategyReference.FunctionNames.Contains(name.Name))
        {
            _errors.Add(name.Span, $"{name.Name} is a function.", SignatureOf(name.Name));
            return null;
        }

        AddUnknown(new(name.Span, name.Name));
        return null;
    }

    private Value? BindCall(CallExpression call, Word? output)
    {
        var arguments = new List<(Expression Expression, Value Value)>();
        var isBound = true;
        foreach (var argument in call.Arguments)
        {
            var value = Bind(argument);
            isBound &= value is not null;
            if (value is not null)
            {
                arguments.Add((argument, value));
            }
        }

        var name = call.Function.Text;
        if (IndicatorCatalog.TryFind(name, out var definition))
        {
            return isBound ? _indicators.Bind(call.Function.Span, definition, arguments, output) : null;
        }

        if (!StrategyReference.FunctionNames.Contains(name))
        {
            AddNoFunction(call);
            return null;
        }

        return isBound ? _functions.Bind(call, arguments) : null;
    }

    private Value? BindMember(MemberExpression member)
    {
        switch (member.Target)
        {
            case CallExpression call when IndicatorCatalog.TryFind(call.Function.Text, out _):
                return BindCall(call, member.Member);
            case NameExpression name when !_scope.TryFind(name.Name, out _)
                && IndicatorCatalog.TryFind(name.Name, out var definition):
                return _indicators.Bind(name.Span, definition, [], member.Member);
            default:
                var target = Bind(member.Target);
                if (target is not null)
                {
                    _errors.Add(
                        member.Member.Span,
                        "Only an indicator has several series.",
                        "Write the name right behind it, as in macd(12, 26, 9).signal.");
                }

                return null;
        }
    }

    private SeriesValue? BindPast(PastExpression past)
    {
        var (target, bars) = (Bind(past.Target), Bind(past.Bars));
        return target is null || bars is null
            ? null
            : _functions.Past((past.Target, target), (past.Bars, bars));
    }

    private Value? BindUnary(UnaryExpression unary) =>
        Bind(unary.Operand) is { } operand ? _operators.Bind(unary, operand) : null;

    private Value? BindBinary(BinaryExpression binary)
    {
        var (left, right) = (Bind(binary.Left), Bind(binary.Right));
        return left is null || right is null ? null : _operators.Bind(binary, left, right);
    }

    private void AddNoFunction(CallExpression call)
    {
        var name = call.Function;
        if (SeriesNames.Find(name.Text) is not null || _scope.TryFind(name.Text, out _))
        {
            _errors.Add(
                name.Span, $"{name.Text} is no function.", $"The value some bars before is written {name.Text}[1].");
        }
        else if (SizeRules.Find(name.Text) is not null)
        {
            _errors.Add(name.Span, $"{name.Text}() says how much is bought.", "It stands behind size: alone.");
        }
        else
        {
            AddUnknown(name);
        }
    }

    private void AddUnknown(Word name)
    {
        var known = SeriesNames.All.Select(series => series.Name)
            .Concat(_scope.Names)
            .Concat(StrategyReference.FunctionNames)
            .Concat(IndicatorCatalog.All.Select(definition => definition.Name));
        var near = DidYouMean.Find(name.Text, known);
        _errors.Add(
            name.Span,
            $"There is nothing called {name.Text}.",
            near is null ? "Name a value with let before it is used." : $"Did you mean {near}?");
    }

    private static string SignatureOf(string name) =>
        $"Write {StrategyReference.All.First(entry => entry.Name == name).Signature}.";
}
