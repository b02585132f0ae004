namespace Trading.Data.Import;

/// <summary>
/// Dates of sessions as files write them: yyyy-mm-dd, yyyy/mm/dd or yyyymmdd, a time of day after it left out.
/// </summary>
internal static class SessionDate
{
    public static bool TryParse(ReadOnlySpan<byte> text, out DateOnly session)
    {
        session = default;
        var isCompact = text.Length == 8;
        if (!isCompact && !IsSeparated(text))
        {
            return false;
        }

        var step = isCompact ? 0 : 1;
        return TryDigits(text[..4], out var year)
            && TryDigits(text.Slice(4 + step, 2), out var month)
            && TryDigits(text.Slice(6 + (2 * step), 2), out var day)
            && TryCreate(year, month, day, out session);
    }

    private static bool IsSeparated(ReadOnlySpan<byte> text) =>
        text.Length >= 10 && text[4] is (byte)'-' or (byte)'/' && text[7] == text[4]
        && (text.Length == 10 || text[10] is (byte)' ' or (byte)'T');

    private static bool TryCreate(int year, int month, int day, out DateOnly session)
    {
        var isDate = year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        session = isDate ? new DateOnly(year, month, day) : default;
        return isDate;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var character in text)
        {
            if (character is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (character - '0');
        }

        return true;
    }
}
