using System.Globalization;

namespace Trading.PricingWorker.Providers;

/// <summary>
/// Takes off what calculating has added to a number. Digits are counted from the first that is not 0: a coin of
/// 0.00000871 keeps its price.
/// </summary>
internal static class SignificantDigits
{
    /// <summary>More than any exchange quotes.</summary>
    private const string Price = "E9";

    /// <summary>One rate over another: each has six or seven, and what is converted by it may be large.</summary>
    private const string Rate = "E11";

    public static double OfPrice(double price) => Rounded(price, Price);

    public static double OfRate(double rate) => Rounded(rate, Rate);

    // By way of text, which is the nearest number with such digits; scaling by powers of ten would add anew.
    private static double Rounded(double value, string format) => double.IsFinite(value)
        ? double.Parse(value.ToString(format, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : value;
}
