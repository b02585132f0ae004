using System.Text;

namespace Trading.ServiceDefaults;

/// <summary>Makes what strangers send, such as a User-Agent, a text that a database can hold.</summary>
public static class StoredText
{
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';

    /// <summary>
    /// At most <paramref name="longest"/> UTF-16 units of a text, never half a character. NUL, which PostgreSQL has in
    /// no text, becomes a blank; half of a surrogate pair, which UTF-8 cannot say, becomes U+FFFD.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">The greatest length, at least 1.</param>
    public static string Of(string text, int longest)
    {
        var cut = text.Length <= longest
            ? text
            : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
        var whole = cut.AsSpan().ContainsAnyInRange(FirstSurrogate, LastSurrogate)
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut))
            : cut;
        return whole.Replace('\0', ' ');
    }
}
