namespace Trading.Data.Import;

/// <summary>The names in a header, and those that were looked for in vain.</summary>
internal sealed class HeaderNames(IReadOnlyList<string> header)
{
    private readonly string[] _names = [.. header.Select(Normalize)];
    private readonly List<string> _missing = [];

    public int Count => header.Count;

    /// <summary>The column of the first of the names that is there, or -1.</summary>
    public int IndexOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var index = Array.IndexOf(_names, name);
            if (index >= 0)
            {
                return index;
            }
        }

        return -1;
    }

    public int Require(params ReadOnlySpan<string> names)
    {
        var index = IndexOf(names);
        if (index < 0)
        {
            _missing.Add(string.Join(" or ", names.ToArray()));
        }

        return index;
    }

    public void ThrowIfAnyIsMissing()
    {
        if (_missing.Count > 0)
        {
            var noun = _missing.Count == 1 ? "column" : "columns";
            throw new ImportFileException(
                $"Missing {noun}: {string.Join(", ", _missing)}. Found: {string.Join(", ", header)}.");
        }
    }

    private static string Normalize(string name) =>
        name.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}
