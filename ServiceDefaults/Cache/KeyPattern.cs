namespace Trading.ServiceDefaults.Cache;

/// <summary>A pattern of keys: <c>*</c> stands for any text, also none; everything else for itself.</summary>
/// <param name="text">The pattern.</param>
public sealed class KeyPattern(string text)
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int Longest = 200;

    private readonly string[] _parts = text.Split('*');

    /// <summary>Whether a pattern can be used: not empty, not too long, on one line.</summary>
    /// <param name="text">The pattern.</param>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= Longest } && !text.Any(char.IsControl);

    /// <summary>Whether a key matches.</summary>
    /// <param name="key">The key.</param>
    public bool Matches(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_parts.Length == 1)
        {
            return key == text;
        }

        var rest = key.AsSpan();
        if (!rest.StartsWith(_parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        rest = rest[_parts[0].Length..];
        foreach (var part in _parts.AsSpan(1, _parts.Length - 2))
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + part.Length)..];
        }

        return rest.EndsWith(_parts[^1], StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override string ToString() => text;
}
