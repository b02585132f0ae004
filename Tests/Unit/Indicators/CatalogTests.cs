using Trading.Domain.Indicators;
using static Trading.Tests.Unit.Indicators.Any;

namespace Trading.Tests.Unit.Indicators;

public sealed class CatalogTests
{
    public static TheoryData<string> Names => Indicator;

    [Fact]
    public void An_unknown_name_is_not_found()
    {
        Assert.False(IndicatorCatalog.TryFind("moon_phase", out _));
    }

    [Fact]
    public void Names_are_those_of_formulas_and_occur_once()
    {
        Assert.All(IndicatorCatalog.All, definition => Assert.Matches("^[a-z][a-z0-9_]*$", definition.Name));
        Assert.Distinct(IndicatorCatalog.All.Select(definition => definition.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Arguments_out_of_range_are_refused_with_the_range(string name)
    {
        var definition = Named(name);
        for (var index = 0; index < definition.Parameters.Count; index++)
        {
            var parameter = definition.Parameters[index];
            double[] wrong = [parameter.Minimum - 1, parameter.Maximum + 1, double.NaN, double.PositiveInfinity];
            foreach (var value in parameter.IsInteger ? [.. wrong, parameter.Default + 0.5] : wrong)
            {
                var arguments = definition.Defaults;
                arguments[index] = value;

                var refused = Assert.Throws<ArgumentOutOfRangeException>(() => definition.Stream(arguments));

                Assert.Equal(parameter.Name, refused.ParamName);
                Assert.Contains(FormattableString.Invariant($"from {parameter.Minimum} to {parameter.Maximum}"),
                    refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Too_many_arguments_are_refused(string name)
    {
        var definition = Named(name);

        Assert.Throws<ArgumentException>(() => definition.Stream([.. definition.Defaults, 1]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Series_of_other_lengths_are_refused(string name)
    {
        var definition = Named(name);
        ReadOnlyMemory<double>[] inputs = [.. definition.Inputs.Select(_ => new double[50].AsMemory())];
        Memory<double>[] outputs = [.. definition.Outputs.Select(_ => new double[50].AsMemory())];
        for (var output = 0; output < outputs.Length; output++)
        {
            Memory<double>[] wrong = [.. outputs];
            wrong[output] = new double[49];
            Assert.Throws<ArgumentException>(() => definition.Compute(definition.Defaults, inputs, wrong));
        }

        for (var input = 0; input < inputs.Length; input++)
        {
            ReadOnlyMemory<double>[] wrong = [.. inputs];
            wrong[input] = new double[51];
            Assert.Throws<ArgumentException>(() => definition.Compute(definition.Defaults, wrong, outputs));
        }

        Assert.Throws<ArgumentException>(() => definition.Compute(definition.Defaults, [], outputs));
        Assert.Throws<ArgumentException>(() => definition.Compute(definition.Defaults, inputs, []));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_in_the_memory_of_inputs_are_refused(string name)
    {
        var definition = Named(name);
        var memory = new double[100];
        ReadOnlyMemory<double>[] inputs = [.. definition.Inputs.Select(_ => memory.AsMemory(0, 50))];
        Memory<double>[] outputs = [.. definition.Outputs.Select(_ => new double[50].AsMemory())];
        outputs[^1] = memory.AsMemory(25, 50);

        Assert.Throws<ArgumentException>(() => definition.Compute(definition.Defaults, inputs, outputs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_state_of_another_indicator_or_parameter_is_refused(string name)
    {
        var definition = Named(name);
        var stream = definition.Stream(definition.Defaults);
        foreach (var other in IndicatorCatalog.All.Where(other => other != definition))
        {
            Assert.Throws<ArgumentException>(() => stream.Restore(other.Stream(other.Defaults).Save()));
        }

        for (var index = 0; index < definition.Parameters.Count; index++)
        {
            var arguments = definition.Defaults;
            arguments[index] = arguments[index] == definition.Parameters[index].Minimum
                ? definition.Parameters[index].Maximum
                : definition.Parameters[index].Minimum;
            Assert.Throws<ArgumentException>(() => stream.Restore(definition.Stream(arguments).Save()));
        }

        Assert.Throws<ArgumentException>(() => stream.Restore([]));
        Assert.Throws<ArgumentException>(() => stream.Save(new byte[stream.StateLength - 1]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_restarted_stream_knows_nothing_of_the_bars_before(string name)
    {
        var definition = Named(name);
        var market = Market.Of(4, 200);
        var stream = definition.Stream(definition.Defaults);
        var first = market.Streamed(definition, stream, 0, 200);
        stream.Restart();

        Equal(first, market.Streamed(definition, stream, 0, 200));
    }
}
