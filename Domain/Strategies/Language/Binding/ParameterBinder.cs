using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary><c>param</c> lines.</summary>
internal sealed class ParameterBinder(ErrorList errors, Scope scope, ExpressionBinder expressions)
{
    private readonly List<StrategyParameter> _all = [];

    public IReadOnlyList<StrategyParameter> All => _all;

    public void Bind(ParameterStatement statement)
    {
        var value = ValueOf(statement);
        scope.Define(statement.Name, value is null ? null : new ConstantValue(value), errors);
    }

    private ParameterConstant? ValueOf(ParameterStatement statement)
    {
        if (_all.Count == StrategyLimits.Parameters)
        {
            errors.Add(statement.Name.Span, $"A strategy has at most {StrategyLimits.Parameters} parameters.");
            return null;
        }

        var (initial, minimum, maximum) =
            (NumberOf(statement.Default), NumberOf(statement.Minimum), NumberOf(statement.Maximum));
        var step = statement.Step is null ? null : NumberOf(statement.Step);
        if (initial is null || minimum is null || maximum is null || (statement.Step is not null && step is null))
        {
            return null;
        }

        if (!IsInOrder(statement, initial, minimum, maximum, step))
        {
            return null;
        }

        var isInteger = initial.IsInteger && minimum.IsInteger && maximum.IsInteger && step is null or { IsInteger: true };
        _all.Add(new(statement.Name.Text, initial.Value, minimum.Value, maximum.Value, isInteger) { Step = step?.Value });
        return new(_all.Count - 1, minimum.Value, maximum.Value, isInteger, initial.IsPercent);
    }

    private bool IsInOrder(
        ParameterStatement statement,
        LiteralConstant initial,
        LiteralConstant minimum,
        LiteralConstant maximum,
        LiteralConstant? step)
    {
        var isPercent = initial.IsPercent;
        if (minimum.IsPercent != isPercent || maximum.IsPercent != isPercent || (step ?? initial).IsPercent != isPercent)
        {
            errors.Add(
                statement.Default.Span.To((statement.Step ?? statement.Maximum).Span),
                "Some of these are percentages, some are not.");
            return false;
        }

        if (minimum.Value > maximum.Value)
        {
            errors.Add(
                statement.Minimum.Span.To(statement.Maximum.Span), "The range ends before it starts.", "Swap its ends.");
            return false;
        }

        if (initial.Value < minimum.Value || initial.Value > maximum.Value)
        {
            errors.Add(statement.Default.Span, "The value is outside of its own range.");
            return false;
        }

        if (step is { Value: <= 0 })
        {
            errors.Add(statement.Step!.Span, "The step must be above zero.");
            return false;
        }

        return true;
    }

    private LiteralConstant? NumberOf(Expression expression)
    {
        switch (expressions.Bind(expression))
        {
            case ConstantValue { Constant: LiteralConstant literal }:
                return literal;
            case null:
                return null;
            default:
                errors.Add(expression.Span, "A number is needed here.", "As in param fast = 12 in 5..50.");
                return null;
        }
    }
}
