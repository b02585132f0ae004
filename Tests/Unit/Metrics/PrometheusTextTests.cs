using System.Text;
using Trading.ServiceDefaults.Metrics;

namespace Trading.Tests.Unit.Metrics;

public sealed class PrometheusTextTests
{
    // "Text format details" of Prometheus' documentation says what is escaped where.
    [Fact]
    public void Backslashes_quotes_and_new_lines_are_escaped()
    {
        var text = Write(new MetricFamily(
            "a", "gauge", "C:\\ \"x\"\nnext", [Sample("a", 1, ("path", "C:\\DIR\"\nŽ"))]));

        Assert.Equal(
            """
            # HELP a C:\\ "x"\nnext
            # TYPE a gauge
            a{path="C:\\DIR\"\nŽ"} 1

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e300, "1E+300")]
    [InlineData(-3, "-3")]
    public void Values_are_written_as_Go_reads_them(double value, string expected) =>
        Assert.Equal($"a {expected}", Write(new MetricFamily("a", "gauge", "A.", [Sample("a", value)])).Split('\n')[2]);

    [Fact]
    public void Labels_are_parted_by_commas() => Assert.Contains(
        "\na{x=\"1\",y=\"\"} 2\n",
        Write(new MetricFamily("a", "counter", "A.", [Sample("a", 2, ("x", "1"), ("y", ""))])),
        StringComparison.Ordinal);

    private static MetricSample Sample(string name, double value, params (string Name, string Value)[] labels) =>
        new(name, [.. labels.Select(label => KeyValuePair.Create(label.Name, label.Value))], value);

    private static string Write(params MetricFamily[] families) => Encoding.UTF8.GetString(PrometheusText.Write(families));
}
