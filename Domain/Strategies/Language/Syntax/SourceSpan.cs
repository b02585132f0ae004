namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>A piece of the source.</summary>
internal readonly record struct SourceSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static SourceSpan Between(int start, int end) => new(start, end - start);

    /// <summary>From the start of this to the end of another.</summary>
    public SourceSpan To(SourceSpan other) => Between(Start, other.End);
}
