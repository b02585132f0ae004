using Trading.Domain.Strategies.Language.Plan;
using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary><c>entry:</c>, <c>stop:</c>, <c>size:</c> and the like.</summary>
internal sealed class RuleBinder(ErrorList errors, ColumnTable columns, ExpressionBinder expressions)
{
    private const int LongestExpiry = 100_000;

    private static readonly (string Keyword, StrategyAction Action)[] _actions =
    [
        (Keywords.Entry, StrategyAction.EnterLong),
        (Keywords.Exit, StrategyAction.ExitLong),
        (Keywords.ShortEntry, StrategyAction.EnterShort),
        (Keywords.ShortExit, StrategyAction.ExitShort),
    ];

    private readonly Dictionary<string, Word> _written = [];
    private readonly Dictionary<string, int> _conditions = [];
    private readonly Dictionary<string, PlanDistance> _distances = [];
    private PositionSizeRule _sizeRule = PositionSizeRule.Equity;
    private Constant _sizeAmount = new LiteralConstant(1, true, false);
    private Constant? _expiry;

    public void Bind(RuleStatement rule)
    {
        if (!_written.TryAdd(rule.Keyword.Text, rule.Keyword))
        {
            errors.Add(
                rule.Keyword.Span,
                $"There is a second {rule.Keyword.Text}.",
                "A clause is written once; join conditions with or.");
        }

        switch (rule.Keyword.Text)
        {
            case Keywords.Size:
                BindSize(rule);
                break;
            case Keywords.Expiry:
                BindExpiry(rule);
                break;
            case Keywords.Stop or Keywords.Target:
                BindDistance(rule);
                break;
            default:
                BindCondition(rule);
                break;
        }
    }

    /// <summary>Takes note of a clause that is there, though in error.</summary>
    public void Skip(Word keyword)
    {
        if (keyword.Text is not null)
        {
            _written.TryAdd(keyword.Text, keyword);
        }
    }

    public void CheckTogether(int end)
    {
        if (!_written.ContainsKey(Keywords.Entry) && !_written.ContainsKey(Keywords.ShortEntry) && errors.IsEmpty)
        {
            errors.Add(new(end, 0), "The strategy never buys.", "Add a line such as entry: rsi(14) < 30.");
        }

        Require(Keywords.Exit, Keywords.Entry);
        Require(Keywords.ShortExit, Keywords.ShortEntry);
        if (_sizeRule == PositionSizeRule.Risk)
        {
            Require(Keywords.Size, Keywords.Stop);
        }
    }

    public PlanRoots Roots() => new(
        [.. _actions.Where(action => _conditions.ContainsKey(action.Keyword))
            .Select(action => (action.Action, _conditions[action.Keyword]))],
        _distances.GetValueOrDefault(Keywords.Stop),
        _distances.GetValueOrDefault(Keywords.Target));

    public StrategyTerms Terms() => new(_sizeRule, _sizeAmount, _expiry);

    private void Require(string clause, string other)
    {
        if (_written.TryGetValue(clause, out var word) && !_written.ContainsKey(other))
        {
            errors.Add(word.Span, $"{clause}: needs {other}: too.", clause == Keywords.Size
                ? "What is risked is the way to the stop: add stop: 2 * atr(14)."
                : null);
        }
    }

    private void BindCondition(RuleStatement rule)
    {
        if (expressions.Bind(rule.Value) is not { } value)
        {
            return;
        }

        if (value is SeriesValue { IsBoolean: true, Column: var column })
        {
            _conditions.TryAdd(rule.Keyword.Text, column);
            return;
        }

        errors.Add(
            rule.Value.Span,
            $"{rule.Keyword.Text}: needs a condition, this is a number.",
            "Compare it with something, as in rsi(14) < 30.");
    }

    private void BindDistance(RuleStatement rule)
    {
        switch (expressions.Bind(rule.Value))
        {
            case ConstantValue { Constant.Minimum: <= 0 }:
                errors.Add(rule.Value.Span, "The distance must be above zero.");
                break;
            case ConstantValue { Constant: var constant }:
                _distances.TryAdd(
                    rule.Keyword.Text, new(columns.Constant(constant), constant.IsPercent));
                break;
            case SeriesValue { IsBoolean: false, Column: var column }:
                _distances.TryAdd(rule.Keyword.Text, new(new(false, column), false));
                break;
            case SeriesValue:
                errors.Add(
                    rule.Value.Span,
                    $"{rule.Keyword.Text}: needs a distance, this is a condition.",
                    "As in 2 * atr(14), 5%, or close - lowest(low, 10).");
                break;
        }
    }

    private void BindExpiry(RuleStatement rule)
    {
        switch (expressions.Bind(rule.Value))
        {
            case null:
                break;
            case ConstantValue { Constant: { IsInteger: true, Minimum: >= 1, Maximum: <= LongestExpiry } bars }:
                _expiry = bars;
                break;
            default:
                errors.Add(
                    rule.Value.Span,
                    $"expiry: needs a whole number of bars, from 1 to {LongestExpiry}.",
                    "As in expiry: 20 bars.");
                break;
        }
    }

    private void BindSize(RuleStatement rule)
    {
        if (rule.Value is not CallExpression call || SizeRules.Find(call.Function.Text) is not { } sizing)
        {
            var near = rule.Value is CallExpression { Function.Text: var name }
                ? DidYouMean.Find(name, SizeRules.Names)
                : null;
            errors.Add(
                rule.Value.Span,
                "size: is one of risk(1%), equity(50%), cash(1000) and units(10).",
                near is null ? null : $"Did you mean {near}?");
            return;
        }

        _sizeRule = sizing;
        if (call.Arguments is not [var argument])
        {
            errors.Add(call.Span, $"{call.Function.Text} takes one number.");
        }
        else if (expressions.Bind(argument) is { } value)
        {
            BindAmount(argument, value);
        }
    }

    private void BindAmount(Expression argument, Value value)
    {
        var isFraction = SizeRules.IsFraction(_sizeRule);
        var most = isFraction ? 1 : StrategyLimits.LargestNumber;
        if (value is ConstantValue { Constant: { Minimum: > 0 } amount }
            && amount.Maximum <= most
            && amount.IsPercent == isFraction)
        {
            _sizeAmount = amount;
            return;
        }

        errors.Add(
            argument.Span,
            isFraction
                ? "A percentage above 0% and up to 100% is needed here, the same at every bar."
                : "A number above 0 is needed here, the same at every bar.");
    }
}
