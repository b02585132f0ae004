using Trading.Domain.Indicators;
using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>The names of a strategy. A name whose value is in error has none.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Value?> _values = [];

    public IReadOnlyCollection<string> Names => _values.Keys;

    public static bool IsBuiltIn(string name) =>
        SeriesNames.Find(name) is not null
        || IndicatorCatalog.TryFind(name, out _)
        || StrategyReference.FunctionNames.Contains(name)
        || SizeRules.Find(name) is not null;

    public bool TryFind(string name, out Value? value) => _values.TryGetValue(name, out value);

    /// <summary>Gives a value a name.</summary>
    public void Define(Word name, Value? value, ErrorList errors)
    {
        if (name.Text is null)
        {
            return;
        }

        if (Keywords.IsReserved(name.Text) || IsBuiltIn(name.Text))
        {
            errors.Add(
                name.Span, $"{name.Text} is a word of the language.", $"Take another name, such as my_{name.Text}.");
        }
        else if (!_values.TryAdd(name.Text, value))
        {
            errors.Add(name.Span, $"There is a {name.Text} already.", "Take another name; a name has one value.");
        }
    }
}
