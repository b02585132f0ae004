namespace Trading.Domain.Currencies;

/// <summary>What prices and amounts are written in: a currency, or a hundredth of one as some exchanges quote.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Size">The unit's size in that currency: 1, or 0.01 for pence.</param>
public readonly record struct CurrencyUnit(string Currency, decimal Size)
{
    private const int CodeLength = 3;

    private static readonly Dictionary<string, CurrencyUnit> _minor = new(StringComparer.Ordinal)
    {
        ["GBp"] = new("GBP", 0.01m),
        ["GBX"] = new("GBP", 0.01m),
        ["ZAc"] = new("ZAR", 0.01m),
        ["ZAC"] = new("ZAR", 0.01m),
        ["ILA"] = new("ILS", 0.01m),
    };

    /// <summary>
    /// Reads a code. Case matters only where it tells pence from pounds: <c>GBp</c> is a penny, <c>gbp</c> a pound.
    /// </summary>
    /// <param name="text">An ISO 4217 code, or one of GBp, GBX, ZAc, ZAC, ILA.</param>
    /// <param name="unit">The unit, when true is returned; the currency need not be one that has rates.</param>
    public static bool TryParse(string? text, out CurrencyUnit unit)
    {
        var trimmed = text?.Trim() ?? string.Empty;
        if (_minor.TryGetValue(trimmed, out unit) || _minor.TryGetValue(trimmed.ToUpperInvariant(), out unit))
        {
            return true;
        }

        var isCode = trimmed.Length == CodeLength && trimmed.All(char.IsAsciiLetter);
        unit = isCode ? new CurrencyUnit(trimmed.ToUpperInvariant(), 1) : default;
        return isCode;
    }
}
