using System.Diagnostics;
using System.Globalization;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;
using Trading.Domain.Indicators;

namespace Trading.Benchmarks.Indicators;

/// <summary>
/// Each indicator that R's TTR has, over a million bars on one core, against TTR in the same run, which must give the
/// same values; and one bar of one instrument through every indicator's streaming form.
/// </summary>
internal sealed class IndicatorsScenario : IScenario
{
    private const int Bars = 1_000_000;
    private const int Rounds = 5;
    private const double LeastOfTtr = 3;
    private const double MostMicroseconds = 5;

    // Where the start of the history no longer shows: both seed the ADX in their own way.
    private const int Settled = 1000;

    public string Name => "indicators";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        var bars = IndicatorBars.Invent(Bars);
        var peer = await TtrPeer.RunAsync(repository, bars, cancellationToken);
        var results = TtrIndicator.All.SelectMany(indicator => Compare(indicator, bars, peer)).ToList();
        results.Add(new(Name, "a bar through all indicators, streaming", "us", Stream(bars))
        {
            Required = Requirement.AtMost(MostMicroseconds),
        });
        return results;
    }

    private IEnumerable<Measurement> Compare(TtrIndicator indicator, IndicatorBars bars, TtrPeer peer)
    {
        var ttr = peer.Speeds[indicator.Name];
        var (speed, values) = Measure(indicator, bars);
        yield return new(Name, indicator.Name, "Mbars/s", speed)
        {
            Peer = ttr,
            PeerName = "TTR",
            Required = Requirement.AtLeast(LeastOfTtr),
        };
        var talib = string.Create(CultureInfo.InvariantCulture, $"{indicator.TalibMultiple} x TTR, as TA-Lib");
        yield return new(Name, indicator.Name, "Mbars/s", speed)
        {
            Peer = ttr * indicator.TalibMultiple,
            PeerName = talib,
        };
        var difference = string.Create(
            CultureInfo.InvariantCulture, $"{indicator.Name}, largest difference over {indicator.Tolerance:0e0}");
        yield return new(Name, difference, string.Empty, Difference(indicator, values, peer))
        {
            Required = Requirement.AtMost(1),
        };
    }

    /// <summary>The best of as many times as the peer takes, once the code is compiled for speed.</summary>
    private static (double Speed, double[][] Values) Measure(TtrIndicator indicator, IndicatorBars bars)
    {
        var inputs = Inputs(indicator.Definition, bars);
        double[][] values = [.. indicator.Definition.Outputs.Select(_ => new double[Bars])];
        Memory<double>[] outputs = [.. values.Select(column => column.AsMemory())];
        Compiled.WarmUp(() => indicator.Definition.Compute(indicator.Arguments, inputs, outputs));
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            indicator.Definition.Compute(indicator.Arguments, inputs, outputs);
            best = Math.Min(best, Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        }

        return (Bars / best / 1e6, values);
    }

    /// <summary>Over the one allowed.</summary>
    private static double Difference(TtrIndicator indicator, double[][] values, TtrPeer peer)
    {
        var largest = 0.0;
        foreach (var (output, column) in indicator.Columns.Index().Where(pair => pair.Item is not null))
        {
            var expected = peer.Values[column!];
            for (var bar = Settled; bar < Bars; bar++)
            {
                var size = Math.Max(1, Math.Abs(expected[bar]));
                var difference = Math.Abs(values[output][bar] - expected[bar]) / size;
                if (double.IsNaN(difference))
                {
                    // One of both has no value.
                    return double.MaxValue;
                }

                largest = Math.Max(largest, difference);
            }
        }

        return largest / indicator.Tolerance;
    }

    /// <summary>The mean microseconds of a bar through every indicator of the catalogue.</summary>
    private static double Stream(IndicatorBars bars)
    {
        const int Length = 100_000;
        var streams = IndicatorCatalog.All.Select(definition => new Streamed(
            definition.Stream(definition.Defaults),
            [.. Inputs(definition, bars)],
            new double[definition.Inputs.Count],
            new double[definition.Outputs.Count])).ToArray();
        Compiled.WarmUp(() => Run(streams, Length / 10));
        var startedAt = Stopwatch.GetTimestamp();
        Run(streams, Length);
        return Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds / Length;
    }

    private static void Run(Streamed[] streams, int length)
    {
        for (var bar = 0; bar < length; bar++)
        {
            foreach (var streamed in streams)
            {
                for (var input = 0; input < streamed.Bar.Length; input++)
                {
                    streamed.Bar[input] = streamed.Inputs[input].Span[bar];
                }

                streamed.Indicator.Update(streamed.Bar, streamed.Values);
            }
        }
    }

    private static ReadOnlyMemory<double>[] Inputs(IndicatorDefinition definition, IndicatorBars bars) =>
    [
        .. definition.Inputs.Select(input => new ReadOnlyMemory<double>(input switch
        {
            IndicatorInput.High => bars.High,
            IndicatorInput.Low => bars.Low,
            IndicatorInput.Volume => bars.Volume,
            // One session: its number does not change.
            IndicatorInput.Session => new double[Bars],
            _ => bars.Close,
        })),
    ];

    private sealed record Streamed(
        IndicatorStream Indicator, ReadOnlyMemory<double>[] Inputs, double[] Bar, double[] Values);
}
