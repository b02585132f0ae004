using Sprache;

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>One statement of the source, for the parser, with positions in the whole source.</summary>
internal sealed class SegmentInput(string source, int position, int end) : IInput
{
    private Dictionary<object, object>? _memos;

    public string Source => source;

    public char Current => AtEnd ? '\0' : source[position];

    public bool AtEnd => position >= end;

    public int Position => position;

    // Errors are placed by position alone.
    public int Line => 1;

    public int Column => position + 1;

    public IDictionary<object, object> Memos => _memos ??= [];

    public IInput Advance() => new SegmentInput(source, position + 1, end);

    public bool Equals(IInput? other) => other is SegmentInput && other.Position == position;

    public override bool Equals(object? obj) => Equals(obj as IInput);

    public override int GetHashCode() => position;
}
