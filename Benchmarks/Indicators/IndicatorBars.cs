using System.Globalization;
using Trading.Domain.Market;

namespace Trading.Benchmarks.Indicators;

/// <summary>Invented bars with prices in cents, which every reader of decimals takes for the same doubles.</summary>
internal sealed record IndicatorBars(double[] High, double[] Low, double[] Close, double[] Volume)
{
    private const double Lowest = 5;
    private const double Highest = 5000;

    public static IndicatorBars Invent(int length)
    {
        var random = new SeededRandom(1, "indicators");
        var bars = new IndicatorBars(new double[length], new double[length], new double[length], new double[length]);
        var price = 100.0;
        for (var bar = 0; bar < length; bar++)
        {
            var open = price;
            price = Math.Clamp(price * Math.Exp(0.01 * random.NextNormal()), Lowest, Highest);
            bars.Close[bar] = Math.Round(price, 2);
            bars.High[bar] = Math.Round(Math.Max(open, price) * (1 + (0.004 * random.NextUniform())), 2);
            bars.Low[bar] = Math.Round(Math.Min(open, price) * (1 - (0.004 * random.NextUniform())), 2);
            bars.Volume[bar] = Math.Round(1e6 * random.NextExponential()) + 1;
        }

        return bars;
    }

    public async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("high,low,close,volume");
        for (var bar = 0; bar < Close.Length; bar++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{High[bar]},{Low[bar]},{Close[bar]},{Volume[bar]}"));
        }
    }
}
