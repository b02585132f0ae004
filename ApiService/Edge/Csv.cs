using System.Globalization;

namespace Trading.ApiService.Edge;

/// <summary>
/// Writes comma-separated values of RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe
/// in front, so that opening an export runs nothing; numbers are written as they are.
/// </summary>
internal sealed class Csv(TextWriter writer)
{
    private const string FormulaStarts = "=+-@\t\r";

    private bool _inRow;

    public Csv Text(string? value)
    {
        var text = value ?? string.Empty;
        if (text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal))
        {
            text = "'" + text;
        }

        return Raw(text.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    public Csv Number(double value) => Raw(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number as it is written already.</summary>
    public Csv Number(string digits) => Raw(digits);

    public Csv Number(long value) => Raw(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number, or an empty cell.</summary>
    public Csv Number(double? value) => value is { } known ? Number(known) : Raw(string.Empty);

    public Csv Flag(bool value) => Raw(value ? "true" : "false");

    /// <summary>An instant, UTC.</summary>
    public Csv Time(DateTime value) =>
        Raw(value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    /// <summary>An instant, or an empty cell.</summary>
    public Csv Time(DateTime? value) => value is { } known ? Time(known) : Raw(string.Empty);

    public Csv Header(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Text(name);
        }

        return EndRow();
    }

    public Csv EndRow()
    {
        writer.Write("\r\n");
        _inRow = false;
        return this;
    }

    private Csv Raw(string cell)
    {
        if (_inRow)
        {
            writer.Write(',');
        }

        writer.Write(cell);
        _inRow = true;
        return this;
    }
}
