using Trading.Domain.Experiments;

namespace Trading.Tests.Unit.Experiments;

public sealed class SequentialTestTests
{
    [Fact]
    public void The_interval_is_that_of_the_papers_formula()
    {
        // By hand for n = 200, mean 0.1, variance 1, alpha 0.05, tightest at 500:
        // rho^2 = (5.99146 + ln 5.99146 + 1) / 500 = 0.0175636; n rho^2 + 1 = 4.51272;
        // sqrt(2 x 4.51272 / (200^2 x 0.0175636) x ln(sqrt(4.51272) / 0.05)) = 0.21954.
        var test = new SequentialTest(0.05, 500);
        for (var pair = 0; pair < 100; pair++)
        {
            test.Add(1.1);
            test.Add(-0.9);
        }

        Assert.Equal(0.1, test.Mean, 1e-12);
        Assert.Equal(1, test.Variance!.Value, 1e-12);
        Assert.Equal(0.21954, test.HalfWidth!.Value, 1e-4);
        Assert.Equal(0, test.Better);
        // sqrt(4.51272) x exp(-200^2 x 0.0175636 x 0.1^2 / (2 x 4.51272)) = 0.9754.
        Assert.Equal(0.9754, test.PValue!.Value, 1e-3);
    }

    [Fact]
    public void The_interval_leaves_zero_out_exactly_when_the_p_value_is_below_the_error_rate()
    {
        var draws = new Draws(7, "normal");
        var test = new SequentialTest(0.1, 250);
        for (var bar = 0; bar < 3000; bar++)
        {
            test.Add(0.1 + draws.Next());
            Assert.Equal(test.Better != 0, test.PValue < 0.1);
        }

        Assert.Equal(1, test.Better);
    }

    [Fact]
    public void The_effective_count_is_the_count_over_the_kurtosis()
    {
        // 1, 2, 3, 4, 10 less their mean of 4: squares 9, 4, 1, 0, 36, fourth powers 81, 16, 1, 0, 1296.
        var test = new SequentialTest(0.05, 100);
        foreach (var difference in new double[] { 1, 2, 3, 4, 10 })
        {
            test.Add(difference);
        }

        Assert.Equal(50.0 * 50 / 1394, test.EffectiveCount, 1e-12);
    }

    [Fact]
    public void The_variance_has_the_covariances_of_neighbours_where_they_move_together()
    {
        // Newey and West's definition: the sum over all pairs, with weights that fall to zero at nine apart.
        var draws = new Draws(3, "together");
        double[] differences = [.. Enumerable.Range(0, 500).Select(_ => 5 + draws.Next())];
        var test = new SequentialTest(0.05, 500);
        Array.ForEach(differences, test.Add);

        var mean = differences.Average();
        var expected = Enumerable.Range(-8, 17).Sum(lag => (1 - (Math.Abs(lag) / 9.0)) * Enumerable.Range(0, 500)
            .Where(bar => bar + lag is >= 0 and < 500)
            .Sum(bar => (differences[bar] - mean) * (differences[bar + lag] - mean)) / 500);
        Assert.Equal(expected, test.Variance!.Value, 1e-9);
    }

    [Fact]
    public void The_variance_is_no_smaller_where_neighbours_move_apart()
    {
        var test = new SequentialTest(0.05, 500);
        foreach (var difference in new double[] { 1, -1, 1, -1 })
        {
            test.Add(difference);
        }

        Assert.Equal(1, test.Variance!.Value, 1e-12);
    }

    [Fact]
    public void Too_few_decide_nothing()
    {
        var test = new SequentialTest(0.05, 500);
        Assert.Null(test.Variance);
        for (var bar = 1; bar < SequentialTest.LeastCount; bar++)
        {
            test.Add(100 + (bar % 2));
        }

        Assert.Null(test.HalfWidth);
        Assert.Null(test.PValue);
        Assert.Equal(0, test.Better);
        test.Add(100);
        Assert.Equal(1, test.Better);
    }

    [Fact]
    public void Many_of_which_few_matter_decide_nothing()
    {
        var test = new SequentialTest(0.05, 500);
        for (var bar = 0; bar < 5000; bar++)
        {
            test.Add(bar % 500 == 0 ? 1 : 0);
        }

        Assert.InRange(test.EffectiveCount, 9, 11);
        Assert.Null(test.HalfWidth);
        Assert.Equal(0, test.Better);
    }

    [Fact]
    public void What_never_varies_decides_nothing()
    {
        var test = new SequentialTest(0.05, 500);
        for (var bar = 0; bar < 1000; bar++)
        {
            test.Add(0);
        }

        Assert.Equal(0, test.EffectiveCount);
        Assert.False(test.IsReady);
        Assert.Equal(0, test.Better);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_refused(double difference) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequentialTest(0.05, 500).Add(difference));

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(0.21)]
    [InlineData(double.NaN)]
    public void An_error_rate_is_above_0_and_at_most_a_fifth(double errorRate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequentialTest(errorRate, 500));
}
