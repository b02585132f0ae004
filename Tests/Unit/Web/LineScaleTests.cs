using System.Globalization;
using Trading.Web.Backtests;

namespace Trading.Tests.Unit.Web;

public sealed class LineScaleTests
{
    [Fact]
    public void Of_a_hundred_thousand_values_no_peak_is_lost()
    {
        var values = new double[100_000];
        (values[31_415], values[92_653]) = (1, -1);
        var scale = new LineScale([new LineSeries("Account", "main", values)], 100);

        var heights = scale.Points(values).Split(' ').Select(point => Number(point.Split(',')[1])).ToArray();

        // Four pixels are left at either edge.
        Assert.Equal((4, 96), (heights.Min(), heights.Max()));
        Assert.InRange(heights.Length, 800, 1600);
    }

    [Fact]
    public void A_line_runs_from_edge_to_edge()
    {
        double[] values = [100, 120, 90];
        var scale = new LineScale([new LineSeries("Account", "main", values)], 108);

        Assert.Equal("0,70.67 500,4 1000,104", scale.Points(values));
    }

    [Fact]
    public void Levels_are_round_and_within_what_is_drawn()
    {
        var scale = new LineScale([new LineSeries("Account", "main", [96_250, 131_400])], 180);

        Assert.Equal([100_000, 110_000, 120_000, 130_000], scale.Levels());
    }

    [Fact]
    public void A_flat_line_lies_in_the_middle()
    {
        double[] values = [5, 5];
        var scale = new LineScale([new LineSeries("Account", "main", values)], 100);

        Assert.Equal("50", scale.Y(5));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
