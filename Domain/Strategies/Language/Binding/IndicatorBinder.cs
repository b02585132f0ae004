using System.Globalization;
using Trading.Domain.Indicators;
using Trading.Domain.Strategies.Language.Plan;
using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>Calls of indicators: an optional series to read, then numbers in order, the rest as usual.</summary>
internal sealed class IndicatorBinder(ErrorList errors, ColumnTable columns)
{
    public SeriesValue? Bind(
        SourceSpan span,
        IndicatorDefinition definition,
        List<(Expression Expression, Value Value)> arguments,
        Word? output)
    {
        var numbers = arguments;
        int? source = null;
        if (arguments.Count > 0 && arguments[0].Value is SeriesValue series)
        {
            if (!TakesSource(definition, arguments[0].Expression, series))
            {
                return null;
            }

            (source, numbers) = (series.Column, arguments[1..]);
        }

        var constants = Constants(span, definition, numbers);
        var place = OutputOf(definition, output);
        if (constants is null || place is null)
        {
            return null;
        }

        var group = columns.Add(new IndicatorGroup(definition, constants, SourcesOf(definition, source)));
        CheckCost(span);
        return new SeriesValue(columns.Add(new IndicatorColumn(group, place.Value)), false);
    }

    private bool TakesSource(IndicatorDefinition definition, Expression expression, SeriesValue series)
    {
        if (series.IsBoolean)
        {
            errors.Add(expression.Span, $"{definition.Name} is computed of numbers, this is a condition.");
            return false;
        }

        if (definition.Inputs is not [IndicatorInput.Source])
        {
            var hint = definition.Parameters.Count == 0
                ? "Write it without a value."
                : "Its values are numbers or params, the same at every bar.";
            errors.Add(expression.Span, $"{definition.Name} always reads the bars themselves.", hint);
            return false;
        }

        return true;
    }

    private List<Constant>? Constants(
        SourceSpan span, IndicatorDefinition definition, List<(Expression Expression, Value Value)> numbers)
    {
        if (numbers.Count > definition.Parameters.Count)
        {
            errors.Add(
                numbers[definition.Parameters.Count].Expression.Span,
                $"{definition.Name} takes {definition.Parameters.Count} numbers, was given {numbers.Count}.",
                $"Write {StrategyReference.All.First(entry => entry.Name == definition.Name).Signature}.");
            return null;
        }

        var constants = new List<Constant>();
        var isAllowed = true;
        for (var index = 0; index < definition.Parameters.Count; index++)
        {
            var parameter = definition.Parameters[index];
            var constant = index < numbers.Count
                ? ConstantOf(definition, parameter, numbers[index])
                : new LiteralConstant(parameter.Default, parameter.IsInteger, false);
            isAllowed &= constant is not null;
            constants.Add(constant!);
        }

        return isAllowed ? constants : null;
    }

    private Constant? ConstantOf(
        IndicatorDefinition definition, IndicatorParameter parameter, (Expression Expression, Value Value) given)
    {
        var name = $"{parameter.Name} of {definition.Name}";
        if (given.Value is not ConstantValue { Constant: var constant })
        {
            errors.Add(
                given.Expression.Span,
                $"The {name} must be the same at every bar.",
                "Write a number or the name of a param.");
            return null;
        }

        if (parameter.IsInteger && !constant.IsInteger)
        {
            errors.Add(
                given.Expression.Span, $"The {name} counts bars, and must be a whole number.", "round(...) makes it one.");
            return null;
        }

        if (constant.Minimum < parameter.Minimum || constant.Maximum > parameter.Maximum)
        {
            errors.Add(given.Expression.Span, RangeOf(name, parameter, constant));
            return null;
        }

        return constant;
    }

    private static string RangeOf(string name, IndicatorParameter parameter, Constant constant)
    {
        var culture = CultureInfo.InvariantCulture;
        var allowed = string.Create(
            culture, $"The {name} is allowed to be from {parameter.Minimum} to {parameter.Maximum}");
        return constant is LiteralConstant literal
            ? string.Create(culture, $"{allowed}, not {literal.Value}.")
            : string.Create(culture, $"{allowed}; this goes from {constant.Minimum} to {constant.Maximum}.");
    }

    private int? OutputOf(IndicatorDefinition definition, Word? output)
    {
        if (output is not { } member)
        {
            return 0;
        }

        var index = definition.Outputs.ToList().IndexOf(member.Text);
        if (index >= 0)
        {
            return index;
        }

        var near = DidYouMean.Find(member.Text, definition.Outputs);
        errors.Add(
            member.Span,
            $"{definition.Name} has no series {member.Text}.",
            near is null ? $"It has: {string.Join(", ", definition.Outputs)}." : $"Did you mean {near}?");
        return null;
    }

    private int[] SourcesOf(IndicatorDefinition definition, int? source) =>
    [
        .. definition.Inputs.Select(input => input switch
        {
            IndicatorInput.Source => source ?? columns.Input(InputSeries.Close),
            IndicatorInput.High => columns.Input(InputSeries.High),
            IndicatorInput.Low => columns.Input(InputSeries.Low),
            IndicatorInput.Close => columns.Input(InputSeries.Close),
            IndicatorInput.Volume => columns.Input(InputSeries.Volume),
            _ => columns.Input(InputSeries.Session),
        }),
    ];

    private void CheckCost(SourceSpan span)
    {
        if (columns.Groups.Count > StrategyLimits.Indicators)
        {
            errors.Add(span, $"The strategy has more than {StrategyLimits.Indicators} different indicators.");
        }
        else if (columns.TotalPeriod > StrategyLimits.TotalPeriod)
        {
            errors.Add(
                span,
                $"The periods of all indicators together are more than {StrategyLimits.TotalPeriod} bars.",
                "A param counts with the most that it may be.");
        }
    }
}
