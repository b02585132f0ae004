using FsCheck;
using FsCheck.Fluent;
using Trading.Domain.Indicators;

namespace Trading.Tests.Unit.Indicators;

internal static class Any
{
    private const int Longest = 40;

    /// <summary>The name of each indicator, so that a test names the one that fails.</summary>
    public static TheoryData<string> Indicator => [.. IndicatorCatalog.All.Select(definition => definition.Name)];

    public static IndicatorDefinition Named(string name)
    {
        Assert.True(IndicatorCatalog.TryFind(name, out var definition));
        return definition;
    }

    /// <summary>Arguments that are allowed: the defaults, the smallest, or others up to 40 bars.</summary>
    public static Gen<double[]> Arguments(IndicatorDefinition definition) => Gen.Frequency(
        (1, Gen.Constant(definition.Defaults)),
        (1, Gen.Constant<double[]>([.. definition.Parameters.Select(parameter => parameter.Minimum)])),
        (4, Gen.CollectToArray(definition.Parameters, Value)));

    public static void Equal(double[][] expected, double[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var output = 0; output < expected.Length; output++)
        {
            Assert.Equal(expected[output].Length, actual[output].Length);
            for (var bar = 0; bar < expected[output].Length; bar++)
            {
                var (left, right) = (expected[output][bar], actual[output][bar]);
                var same = BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right)
                    || (double.IsNaN(left) && double.IsNaN(right));
                Assert.True(same, $"Output {output}, bar {bar}: {left:R} and {right:R}.");
            }
        }
    }

    public static void Near(double expected, double actual, double tolerance, string where) => Assert.True(
        double.IsNaN(expected) == double.IsNaN(actual) && !(Math.Abs(expected - actual) > tolerance),
        $"{where}: {expected:R} expected, {actual:R} found.");

    private static Gen<double> Value(IndicatorParameter parameter) => parameter.IsInteger
        ? Gen.Choose((int)parameter.Minimum, Longest).Select(bars => (double)bars)
        : Gen.Choose(0, 100).Select(part =>
            Math.Clamp(parameter.Default * 2 * part / 100, parameter.Minimum, parameter.Maximum));
}
