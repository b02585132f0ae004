using System.Globalization;
using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Strategies;

/// <summary>Prices to run strategies over.</summary>
internal static class Histories
{
    private static readonly DateTime _start = new(2024, 1, 2, 21, 0, 0, DateTimeKind.Utc);

    /// <summary>Bars a day apart that open and close at the same price, one above and below at most.</summary>
    public static PriceHistory Of(params double[] closes) => new(
        Times(closes.Length),
        closes,
        closes.Select(close => close + 1).ToArray(),
        closes.Select(close => close - 1).ToArray(),
        closes,
        closes.Select(_ => 1000.0).ToArray());

    public static PriceHistory Random(int seed, int length)
    {
        var market = Indicators.Market.Of(seed, length);
        double[] open = [.. market.Close.Take(1), .. market.Close.SkipLast(1)];
        return new(Times(length), open.AsMemory(0, length), market.High, market.Low, market.Close, market.Volume);
    }

    /// <summary>GOOG as traded from 2004 to 2013.</summary>
    public static PriceHistory Goog()
    {
        var rows = File.ReadLines(SharedData.PathOf("vectors/backtest/goog-daily-2004-2013.csv")).Skip(1)
            .Select(line => line.Split(',')).ToArray();
        ReadOnlyMemory<double> Column(int index) =>
            rows.Select(row => double.Parse(row[index], CultureInfo.InvariantCulture)).ToArray();

        return new(
            rows.Select(row => DateTime.Parse(row[0], CultureInfo.InvariantCulture).AddHours(21)).ToArray(),
            Column(1), Column(2), Column(3), Column(4), Column(5));
    }

    private static DateTime[] Times(int length) => [.. Enumerable.Range(0, length).Select(day => _start.AddDays(day))];
}
