using Trading.Domain.Strategies.Language.Syntax;

namespace Trading.Domain.Strategies.Language;

/// <summary>The errors found so far, with their places turned into lines and columns.</summary>
internal sealed class ErrorList(string source)
{
    private readonly List<(SourceSpan Span, string Message, string? Hint)> _errors = [];

    public bool IsEmpty => _errors.Count == 0;

    public void Add(SourceSpan span, string message, string? hint = null)
    {
        if (_errors.Count < StrategyLimits.Errors && !_errors.Exists(error => error.Span == span))
        {
            _errors.Add((span, message, hint));
        }
    }

    public IReadOnlyList<StrategyError> Sorted() =>
        [.. _errors.OrderBy(error => error.Span.Start).Select(error => Place(error.Span, error.Message, error.Hint))];

    private StrategyError Place(SourceSpan span, string message, string? hint)
    {
        var before = source.AsSpan(0, span.Start);
        var line = before.Count('\n') + 1;
        return new(line, span.Start - (before.LastIndexOf('\n') + 1) + 1, span.Length, message, hint);
    }
}
