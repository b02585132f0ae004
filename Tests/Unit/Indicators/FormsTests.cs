using FsCheck;
using FsCheck.Fluent;
using Trading.Domain.Indicators;
using static Trading.Tests.Unit.Indicators.Any;

namespace Trading.Tests.Unit.Indicators;

/// <summary>What holds of every indicator of the catalogue.</summary>
public sealed class FormsTests
{
    // Longer than a tile of the batch form.
    private const int Bars = 2500;

    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(40).WithQuietOnSuccess(true);

    public static TheoryData<string> Names => Indicator;

    [Theory]
    [MemberData(nameof(Names))]
    public void Batch_and_streaming_give_identical_values(string name) =>
        ForAny(name, Bars, (definition, arguments, market) =>
        {
            var streamed = market.Streamed(definition, definition.Stream(arguments), 0, market.Length);

            Equal(market.Batch(definition, arguments), streamed);
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Batch_and_streaming_give_identical_values_over_gaps(string name) =>
        ForAny(name, Bars, (definition, arguments, market) =>
        {
            var series = market.Column(definition.Inputs[^1]);
            for (var bar = 7; bar < series.Length; bar += 1 + (bar * 5))
            {
                series[bar] = bar % 2 == 0 ? double.NaN : double.NegativeInfinity;
            }

            var streamed = market.Streamed(definition, definition.Stream(arguments), 0, market.Length);

            Equal(market.Batch(definition, arguments), streamed);
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stream_restored_at_any_bar_continues_with_the_same_values(string name) =>
        ForAny(name, 600, (definition, arguments, market) =>
        {
            var cut = market.Length * 2 / 3;
            var before = definition.Stream(arguments);
            var first = market.Streamed(definition, before, 0, cut);
            var after = definition.Stream(arguments);
            after.Restore(before.Save());

            var second = market.Streamed(definition, after, cut, market.Length);

            double[][] both = [.. first.Zip(second, (left, right) => left.Concat(right).ToArray())];
            Equal(market.Batch(definition, arguments), both);
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void No_value_depends_on_a_later_bar(string name) => ForAny(name, Bars, (definition, arguments, market) =>
    {
        var whole = market.Batch(definition, arguments);
        foreach (var length in (int[])[0, Math.Min(1, market.Length), market.Length / 3, market.Length / 2])
        {
            Equal([.. whole.Select(output => output[..length])], market.Slice(0, length).Batch(definition, arguments));
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_missing_bar_gives_no_value_and_starts_the_indicator_anew(string name)
    {
        var definition = Named(name);
        var market = Market.Of(5, 400);
        foreach (var input in definition.Inputs)
        {
            var damaged = market.Slice(0, 400);
            damaged.Column(input)[150] = double.NaN;

            var values = damaged.Batch(definition, definition.Defaults);

            Equal(
                market.Slice(0, 150).Batch(definition, definition.Defaults),
                [.. values.Select(output => output[..150])]);
            Assert.All(values, output => Assert.Equal(double.NaN, output[150]));
            Equal(
                market.Slice(151, 400).Batch(definition, definition.Defaults),
                [.. values.Select(output => output[151..])]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_first_value_is_where_the_definition_says(string name) =>
        ForAny(name, 0, (definition, arguments, _) =>
        {
            var last = definition.Outputs.Index().Max(output => definition.FirstIndex(arguments, output.Index));
            var market = Lively(last + 10);

            var values = market.Batch(definition, arguments);

            for (var output = 0; output < values.Length; output++)
            {
                var first = definition.FirstIndex(arguments, output);
                Assert.Equal(first, Array.FindIndex(values[output], double.IsFinite));
                Assert.True(first <= definition.WarmUp(arguments));
            }
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Neither_form_allocates(string name)
    {
        var definition = Named(name);
        var market = Market.Of(6, Bars);
        var inputs = definition.Inputs.Select(input => new ReadOnlyMemory<double>(market.Column(input))).ToArray();
        var outputs = definition.Outputs.Select(_ => new double[Bars].AsMemory()).ToArray();
        var arguments = definition.Defaults;
        var stream = definition.Stream(arguments);
        var bar = definition.Inputs.Select(input => market.Column(input)[9]).ToArray();
        var values = new double[outputs.Length];
        Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            definition.Compute(arguments, inputs, outputs);
            for (var index = 0; index < 100; index++)
            {
                stream.Update(bar, values);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_of_any_size_give_finite_values_or_none(string name)
    {
        var definition = Named(name);
        foreach (var size in (double[])[1e-100, 1e-9, 1e9, 1e100])
        {
            var values = Market.Of(8, 300).Scaled(size, size).Batch(definition, definition.Defaults);

            Assert.All(values, output => Assert.DoesNotContain(output, double.IsInfinity));
            Assert.All(values, output => Assert.Contains(output, double.IsFinite));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Powers_of_two_scale_every_value_exactly_or_leave_it(string name)
    {
        var definition = Named(name);
        var market = Market.Of(9, 500);
        var values = market.Batch(definition, definition.Defaults);

        var scaled = market.Scaled(1024, 1).Batch(definition, definition.Defaults);

        for (var output = 0; output < values.Length; output++)
        {
            var times = values[output].Zip(scaled[output]).Where(pair => double.IsFinite(pair.First) && pair.First != 0)
                .Select(pair => pair.Second / pair.First).Distinct();
            Assert.Single(times, ratio => ratio is 1 or 1024);
            Assert.Single(times);
        }
    }

    /// <summary>Moves at every bar, so that nothing is undefined.</summary>
    private static Market Lively(int length)
    {
        var market = Market.Of(3, 0);
        var bars = Enumerable.Range(0, length);
        double[] close = [.. bars.Select(bar => 100 + (10 * Math.Sin(bar * 1.7)) + (bar * 0.01))];
        return market with
        {
            High = [.. close.Select((price, bar) => price + 1 + Math.Abs(Math.Cos(bar)))],
            Low = [.. close.Select((price, bar) => price - 1 - Math.Abs(Math.Cos(bar * 1.3)))],
            Close = close,
            Volume = [.. close.Select((_, bar) => 1000.0 + (bar % 7))],
            Session = new double[length],
        };
    }

    private static void ForAny(string name, int longest, Action<IndicatorDefinition, double[], Market> holds)
    {
        var definition = Named(name);
        var cases = from arguments in Arguments(definition)
                    from market in Market.Any(longest)
                    select (arguments, market);
        Prop.ForAll(cases.ToArbitrary(), given => holds(definition, given.arguments, given.market)).Check(_config);
    }
}
