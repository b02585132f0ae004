using Trading.Domain.Strategies.Language.Binding;
using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language;

/// <summary>
/// The language of strategies: rules over the bars of one instrument. It computes with numbers and nothing else; a text
/// of it cannot reach files, the network, the clock or the program, and what it costs is bounded by
/// <see cref="StrategyLimits"/>.
/// </summary>
public static class StrategyLanguage
{
    /// <summary>Checks a text, and prepares it to run. Whatever the text is, nothing is thrown.</summary>
    /// <param name="source">The text.</param>
    /// <param name="name">What the strategy is called.</param>
    public static StrategyCompilation Compile(string source, string name = "strategy")
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(name);
        var errors = new ErrorList(source);
        if (!SourceGuard.Check(source, errors))
        {
            return new(errors.Sorted());
        }

        var strategy = new StrategyBinder(errors).Bind(StatementReader.Read(source, errors), source, name);
        return strategy is null ? new(errors.Sorted()) : new(strategy);
    }
}
