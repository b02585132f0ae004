using System.Globalization;
using Trading.Domain.Indicators;

namespace Trading.Domain.Strategies.Language;

/// <summary>Every word of the language, with what it means.</summary>
public static class StrategyReference
{
    /// <summary>The clauses, series, operators, functions and indicators.</summary>
    public static IReadOnlyList<StrategyFunction> All { get; } =
    [
        Clause("param", "param fast = 12 in 5..50 step 1", "A number to run with, its range, and the step of searches."),
        Clause("let", "let trend = ema(200)", "A name for a value; it may be used in the lines after it."),
        Clause("entry", "entry: condition", "Buys where it holds at the close, at the next open."),
        Clause("exit", "exit: condition", "Sells what is held."),
        Clause("short_entry", "short_entry: condition", "Sells short."),
        Clause("short_exit", "short_exit: condition", "Buys back what was sold short."),
        Clause("stop", "stop: distance", "How far from the fill price losses are cut: in currency, or as in 5%."),
        Clause("target", "target: distance", "How far from the fill price profits are taken."),
        Clause("expiry", "expiry: 20 bars", "Closes what is still open after so many bars."),
        Clause("size", "size: risk(1%)", "How much: risk(1%), equity(50%), cash(1000) or units(10)."),
        .. SeriesNames.All.Select(series =>
            new StrategyFunction(series.Name, "series", series.Name, series.Summary, [])),
        Operator("+", "a + b", "Sum; also - for the difference, * for the product."),
        Operator("/", "a / b", "Quotient; undefined where b is 0."),
        Operator("<", "a < b", "Comparison: < <= > >= == !=. False where a value is undefined."),
        Operator("and", "a and b", "True where both are."),
        Operator("or", "a or b", "True where one is, or both."),
        Operator("not", "not a", "True where a is known and false."),
        Operator("[]", "x[n]", "The value n bars before, as previous(x, n)."),
        Operator(".", "macd(12, 26, 9).signal", "Another series of an indicator."),
        Function("crosses_above", "crosses_above(a, b)", "True where a was at or below b a bar before and is above."),
        Function("crosses_below", "crosses_below(a, b)", "True where a was at or above b a bar before and is below."),
        Function("highest", "highest(x, n)", "The highest of the last n bars, this one too."),
        Function("lowest", "lowest(x, n)", "The lowest of the last n bars, this one too."),
        Function("previous", "previous(x, n)", "The value n bars before; 1 if not given."),
        Function("abs", "abs(x)", "Without its sign."),
        Function("min", "min(a, b, ...)", "The smallest."),
        Function("max", "max(a, b, ...)", "The largest."),
        Function("sqrt", "sqrt(x)", "Square root; undefined below 0."),
        Function("log", "log(x)", "Natural logarithm; undefined from 0 down."),
        Function("round", "round(x)", "To a whole number, halves away from zero."),
        .. IndicatorCatalog.All.Select(Describe),
    ];

    /// <summary>The names of the functions.</summary>
    internal static IReadOnlyList<string> FunctionNames { get; } =
        [.. All.Where(entry => entry.Kind == "function").Select(entry => entry.Name)];

    private static StrategyFunction Clause(string name, string signature, string summary) =>
        new(name, "clause", signature, summary, []);

    private static StrategyFunction Operator(string name, string signature, string summary) =>
        new(name, "operator", signature, summary, []);

    private static StrategyFunction Function(string name, string signature, string summary) =>
        new(name, "function", signature, summary, []);

    private static StrategyFunction Describe(IndicatorDefinition definition)
    {
        var parameters = string.Join(", ", definition.Parameters.Select(parameter =>
            string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} = {parameter.Default}")));
        var source = definition.Inputs is not [IndicatorInput.Source] ? ""
            : parameters.Length == 0 ? "source = close"
            : "source = close, ";
        return new(
            definition.Name, "indicator", $"{definition.Name}({source}{parameters})", definition.Title + ".",
            definition.Outputs);
    }
}
