using System.Globalization;
using System.IO.Compression;

namespace Trading.Tests.Unit.Indicators;

/// <summary>Against what other libraries give for recorded prices; ../shared/data tells how they were made.</summary>
public sealed class VectorTests
{
    private const double Tolerance = 1e-9;
    private const string Skender = "vectors/indicators/skender-";

    [Theory]
    [InlineData("sma", "sma20.csv", "sma", 0, 20.0)]
    [InlineData("rsi", "rsi14.csv", "rsi", 0, 14.0)]
    [InlineData("macd", "macd-12-26-9.csv", "macd", 0, 12.0, 26.0, 9.0)]
    [InlineData("macd", "macd-12-26-9.csv", "signal", 1, 12.0, 26.0, 9.0)]
    [InlineData("macd", "macd-12-26-9.csv", "histogram", 2, 12.0, 26.0, 9.0)]
    [InlineData("ema", "macd-12-26-9.csv", "fastEma", 0, 12.0)]
    [InlineData("ema", "macd-12-26-9.csv", "slowEma", 0, 26.0)]
    [InlineData("bollinger", "bollinger-20-2.csv", "sma", 0, 20.0, 2.0)]
    [InlineData("bollinger", "bollinger-20-2.csv", "upperBand", 1, 20.0, 2.0)]
    [InlineData("bollinger", "bollinger-20-2.csv", "lowerBand", 2, 20.0, 2.0)]
    [InlineData("atr", "atr14.csv", "atr", 0, 14.0)]
    public void Values_are_those_of_Skender_from_the_first_on(
        string name, string file, string column, int output, params double[] arguments)
    {
        var market = MarketOf(Read(Skender + "quotes-default.csv"));
        var expected = Read(Skender + file)[column];

        var values = market.Batch(Any.Named(name), arguments)[output];

        for (var bar = 0; bar < market.Length; bar++)
        {
            Any.Near(expected[bar], values[bar], Tolerance, $"{column}, bar {bar}");
        }
    }

    // The last number: bars after TA-Lib's first value from which both agree, where TA-Lib seeds otherwise.
    [Theory]
    [InlineData("sma20", "sma", 0, 0, 20.0)]
    [InlineData("ema20", "ema", 0, 0, 20.0)]
    [InlineData("rsi14", "rsi", 0, 0, 14.0)]
    [InlineData("macd", "macd", 0, 260, 12.0, 26.0, 9.0)]
    [InlineData("macd_signal", "macd", 1, 350, 12.0, 26.0, 9.0)]
    [InlineData("macd_hist", "macd", 2, 350, 12.0, 26.0, 9.0)]
    [InlineData("bb_middle", "bollinger", 0, 0, 20.0, 2.0)]
    [InlineData("bb_upper", "bollinger", 1, 0, 20.0, 2.0)]
    [InlineData("bb_lower", "bollinger", 2, 0, 20.0, 2.0)]
    [InlineData("atr14", "atr", 0, 0, 14.0)]
    [InlineData("natr14", "natr", 0, 0, 14.0)]
    [InlineData("wma20", "wma", 0, 0, 20.0)]
    [InlineData("dema20", "dema", 0, 0, 20.0)]
    [InlineData("linreg14", "linear_regression", 0, 0, 14.0)]
    [InlineData("stddev20", "standard_deviation", 0, 0, 20.0)]
    [InlineData("adx14", "adx", 0, 400, 14.0)]
    [InlineData("plus_di14", "adx", 1, 350, 14.0)]
    [InlineData("minus_di14", "adx", 2, 350, 14.0)]
    [InlineData("stoch_k_14_3", "stochastic", 0, 0, 14.0, 3.0, 3.0)]
    [InlineData("stoch_d_3", "stochastic", 1, 0, 14.0, 3.0, 3.0)]
    [InlineData("stochrsi_k_14_14", "stochastic_rsi", 0, 0, 14.0, 14.0, 1.0, 3.0)]
    [InlineData("stochrsi_d_3", "stochastic_rsi", 1, 0, 14.0, 14.0, 1.0, 3.0)]
    [InlineData("cci20", "cci", 0, 0, 20.0)]
    [InlineData("obv", "obv", 0, 0)]
    [InlineData("mfi14", "mfi", 0, 0, 14.0)]
    [InlineData("willr14", "williams_r", 0, 0, 14.0)]
    [InlineData("roc10", "roc", 0, 0, 10.0)]
    [InlineData("sar_0.02_0.2", "sar", 0, 0, 0.02, 0.2)]
    [InlineData("aroon_up25", "aroon", 0, 0, 25.0)]
    [InlineData("aroon_down25", "aroon", 1, 0, 25.0)]
    public void Values_are_those_of_TA_Lib(string column, string name, int output, int after, params double[] arguments)
    {
        var table = Read("vectors/indicators/talib-msft-2004-2021.csv.gz");
        var market = MarketOf(table);
        var expected = table[column];

        var values = market.Batch(Any.Named(name), arguments)[output];

        var first = Array.FindIndex(expected, double.IsFinite) + after;
        Assert.InRange(first, 0, 1000);
        for (var bar = first; bar < market.Length; bar++)
        {
            var size = Math.Max(1, Math.Abs(expected[bar]));
            Any.Near(expected[bar], values[bar], Tolerance * size, $"{column}, bar {bar}");
        }
    }

    private static Market MarketOf(Dictionary<string, double[]> table) => new(
        table["high"], table["low"], table["close"], table["volume"], new double[table["close"].Length]);

    private static Dictionary<string, double[]> Read(string file)
    {
        using var stream = File.OpenRead(SharedData.PathOf(file));
        using var unpacked = file.EndsWith(".gz", StringComparison.Ordinal)
            ? (Stream)new GZipStream(stream, CompressionMode.Decompress)
            : stream;
        using var reader = new StreamReader(unpacked);
        var names = reader.ReadLine()!.Split(',');
        var columns = names.Select(_ => new List<double>()).ToArray();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            for (var column = 1; column < names.Length; column++)
            {
                columns[column].Add(
                    fields[column].Length > 0 ? double.Parse(fields[column], CultureInfo.InvariantCulture)
                        : double.NaN);
            }
        }

        return names.Zip(columns).Skip(1).ToDictionary(pair => pair.First, pair => pair.Second.ToArray());
    }
}
