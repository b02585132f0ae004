using System.Globalization;

namespace Trading.Data.Import;

/// <summary>How a row that was sound by itself is kept among the rejections.</summary>
internal static class BarContent
{
    public static string Write(string ticker, in FileBar row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ticker},{row.Session:yyyy-MM-dd},{row.Bar.Open},{row.Bar.High},{row.Bar.Low},{row.Bar.Close},"
        + $"{row.Bar.Volume}");

    /// <summary>Session and close of such a row.</summary>
    public static StoredClose? Read(string content)
    {
        var fields = content.Split(',');
        return fields.Length == 7
            && DateOnly.TryParseExact(
                fields[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var session)
            && double.TryParse(fields[5], NumberStyles.Float, CultureInfo.InvariantCulture, out var close)
            ? new StoredClose(session, close)
            : null;
    }
}
