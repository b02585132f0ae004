using System.Globalization;

namespace Trading.Domain.Market;

/// <summary>What must hold within one bar.</summary>
public static class BarQuality
{
    /// <summary>
    /// Prices finite and positive; volume finite and not negative; high at or above open, low and close; low at or
    /// below open and close.
    /// </summary>
    /// <param name="bar">The bar; its time is not looked at.</param>
    /// <returns>The first defect, or null.</returns>
    public static BarDefect? Check(in Bar bar)
    {
        // One pass over a sound bar, without naming what could be wrong. NaN fails every comparison.
        var sound = bar.Low > 0 && bar.High < double.PositiveInfinity
            && bar.Low <= bar.Open && bar.Open <= bar.High
            && bar.Low <= bar.Close && bar.Close <= bar.High
            && bar.Volume >= 0 && bar.Volume < double.PositiveInfinity;
        return sound ? null : CheckPrices(bar) ?? CheckVolume(bar.Volume) ?? CheckRange(bar);
    }

    private static BarDefect? CheckPrices(in Bar bar) =>
        CheckPrice("open", bar.Open) ?? CheckPrice("high", bar.High)
        ?? CheckPrice("low", bar.Low) ?? CheckPrice("close", bar.Close);

    private static BarDefect? CheckPrice(string field, double price) =>
        double.IsFinite(price) && price > 0
            ? null
            : new BarDefect("bad_price", $"{field} {Text(price)} is not a positive number");

    private static BarDefect? CheckVolume(double volume) =>
        double.IsFinite(volume) && volume >= 0
            ? null
            : new BarDefect("bad_volume", $"volume {Text(volume)} is negative or not a number");

    private static BarDefect? CheckRange(in Bar bar) => bar switch
    {
        _ when bar.High < bar.Low => Outside("high", bar.High, "below", "low", bar.Low),
        _ when bar.High < bar.Open => Outside("high", bar.High, "below", "open", bar.Open),
        _ when bar.High < bar.Close => Outside("high", bar.High, "below", "close", bar.Close),
        _ when bar.Low > bar.Open => Outside("low", bar.Low, "above", "open", bar.Open),
        _ when bar.Low > bar.Close => Outside("low", bar.Low, "above", "close", bar.Close),
        _ => null,
    };

    private static BarDefect Outside(string field, double value, string side, string other, double bound) =>
        new("price_range", $"{field} {Text(value)} is {side} {other} {Text(bound)}");

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
