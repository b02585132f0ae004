using System.Globalization;
using System.Text;

namespace Trading.Contracts;

/// <summary>A relative address under construction; what is null is left out, what is not is escaped.</summary>
internal sealed class RequestPath(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    public RequestPath Under(string segment)
    {
        _text.Append('/').Append(Uri.EscapeDataString(segment));
        return this;
    }

    public RequestPath With(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _separator = '&';
        }

        return this;
    }

    public RequestPath With(string name, int? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public Uri ToUri() => new(_text.ToString(), UriKind.Relative);
}
