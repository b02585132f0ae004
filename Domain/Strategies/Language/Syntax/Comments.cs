namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>Comments: from <c>#</c> to the end of the line.</summary>
internal static class Comments
{
    /// <summary>The source with blanks in their place, so that all else stays where it is.</summary>
    public static string Blank(string source) => string.Create(source.Length, source, (blanked, text) =>
    {
        var isComment = false;
        for (var index = 0; index < text.Length; index++)
        {
            isComment = text[index] != '\n' && (isComment || text[index] == '#');
            blanked[index] = isComment ? ' ' : text[index];
        }
    });
}
