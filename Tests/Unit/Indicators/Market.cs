using FsCheck;
using FsCheck.Fluent;
using Trading.Domain.Indicators;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Indicators;

/// <summary>Bars to compute indicators of, as columns.</summary>
internal sealed record Market(
    double[] High, double[] Low, double[] Close, double[] Volume, double[] Session)
{
    public int Length => Close.Length;

    /// <summary>A walk with flat stretches without trades; its level and volatility vary with the seed.</summary>
    public static Market Of(int seed, int length)
    {
        var random = new SeededRandom(seed, "indicators");
        var price = Math.Pow(10, (random.NextUniform() * 6) - 2);
        var volatility = Math.Pow(10, -1 - (random.NextUniform() * 3));
        var market = Empty(length);
        for (var bar = 0; bar < length; bar++)
        {
            var quiet = bar % 97 > 80;
            var open = price * Math.Exp(quiet ? 0 : volatility * random.NextNormal());
            price = open * Math.Exp(quiet ? 0 : volatility * random.NextNormal());
            market.Close[bar] = price;
            market.High[bar] = Math.Max(open, price) * (1 + (quiet ? 0 : volatility * random.NextUniform()));
            market.Low[bar] = Math.Min(open, price) / (1 + (quiet ? 0 : volatility * random.NextUniform()));
            market.Volume[bar] = quiet ? 0 : random.NextExponential() * 1e6;
            market.Session[bar] = bar / 78;
        }

        return market;
    }

    public static Market Flat(int length, double price)
    {
        var market = Empty(length);
        Array.Fill(market.High, price);
        Array.Fill(market.Low, price);
        Array.Fill(market.Close, price);
        Array.Fill(market.Volume, 1000);
        return market;
    }

    public static Gen<Market> Any(int longest) =>
        from seed in Gen.Choose(0, int.MaxValue)
        from length in Gen.Choose(0, longest)
        select Of(seed, length);

    public Market Slice(int from, int to) =>
        new(High[from..to], Low[from..to], Close[from..to], Volume[from..to], Session[from..to]);

    public Market Scaled(double prices, double volumes) => new(
        [.. High.Select(price => price * prices)],
        [.. Low.Select(price => price * prices)],
        [.. Close.Select(price => price * prices)],
        [.. Volume.Select(volume => volume * volumes)],
        Session);

    public Market Shifted(double by) => this with
    {
        High = [.. High.Select(price => price + by)],
        Low = [.. Low.Select(price => price + by)],
        Close = [.. Close.Select(price => price + by)],
    };

    public double[] Column(IndicatorInput input) => input switch
    {
        IndicatorInput.High => High,
        IndicatorInput.Low => Low,
        IndicatorInput.Volume => Volume,
        IndicatorInput.Session => Session,
        _ => Close,
    };

    /// <summary>The batch form's outputs.</summary>
    public double[][] Batch(IndicatorDefinition definition, params double[] arguments)
    {
        var outputs = definition.Outputs.Select(_ => new double[Length]).ToArray();
        definition.Compute(
            arguments,
            [.. definition.Inputs.Select(input => new ReadOnlyMemory<double>(Column(input)))],
            [.. outputs.Select(output => output.AsMemory())]);
        return outputs;
    }

    /// <summary>The streaming form's outputs for some of the bars.</summary>
    public double[][] Streamed(IndicatorDefinition definition, IndicatorStream stream, int from, int to)
    {
        var outputs = definition.Outputs.Select(_ => new double[to - from]).ToArray();
        var columns = definition.Inputs.Select(Column).ToArray();
        var values = new double[outputs.Length];
        for (var bar = from; bar < to; bar++)
        {
            stream.Update([.. columns.Select(column => column[bar])], values);
            for (var output = 0; output < values.Length; output++)
            {
                outputs[output][bar - from] = values[output];
            }
        }

        return outputs;
    }

    private static Market Empty(int length) =>
        new(new double[length], new double[length], new double[length], new double[length], new double[length]);
}
