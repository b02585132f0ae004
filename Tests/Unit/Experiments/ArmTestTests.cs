using Trading.Domain.Experiments;

namespace Trading.Tests.Unit.Experiments;

public sealed class ArmTestTests
{
    [Fact]
    public void A_verdict_stands_though_the_interval_holds_zero_again()
    {
        var test = new ArmTest(0.05, 1, 1000);
        Feed(test, 300, 0.5);

        Assert.Equal(ExperimentVerdict.Better, test.Verdict);
        var decided = test.DecidedAt;
        Assert.InRange(decided!.Value, SequentialTest.LeastCount, 300);
        Feed(test, 300, -0.5);

        Assert.Equal((ExperimentVerdict.Better, decided), (test.Verdict, test.DecidedAt));
        Assert.True(test.Reading.Low < 0);
        Assert.Equal(600, test.Reading.Bars);
    }

    [Fact]
    public void An_arm_that_earns_less_is_worse()
    {
        var test = new ArmTest(0.05, 1, 1000);

        Feed(test, 300, -0.5);

        Assert.Equal(ExperimentVerdict.Worse, test.Verdict);
        Assert.True(test.Reading.High < 0);
    }

    [Fact]
    public void What_counts_is_the_difference_of_both()
    {
        var test = new ArmTest(0.05, 1, 1000);
        for (var bar = 0; bar < 400; bar++)
        {
            // Both rise by the same each bar, and the arm moves about the control.
            test.Add(1 + (bar % 2 == 0 ? 0.1 : -0.1), 1);
        }

        Assert.Equal((ExperimentVerdict.Undecided, null), (test.Verdict, test.DecidedAt));
        Assert.Equal(0, test.Reading.Mean, 1e-12);
    }

    [Fact]
    public void Each_of_several_arms_has_its_part_of_the_error_rate()
    {
        var (alone, oneOfFour) = (new ArmTest(0.05, 1, 600), new ArmTest(0.05, 4, 600));
        Feed(alone, 300, 0);
        Feed(oneOfFour, 300, 0);
        var quarter = new SequentialTest(0.0125, 300);
        for (var bar = 0; bar < 300; bar++)
        {
            quarter.Add(bar % 2 == 0 ? 1 : -1);
        }

        Assert.Equal(quarter.HalfWidth!.Value, oneOfFour.Reading.High!.Value, 1e-12);
        Assert.Equal(-quarter.HalfWidth!.Value, oneOfFour.Reading.Low!.Value, 1e-12);
        Assert.True(oneOfFour.Reading.High > alone.Reading.High);
    }

    [Fact]
    public void Before_enough_is_known_there_is_a_mean_and_no_interval()
    {
        var test = new ArmTest(0.05, 1, 1000);
        Assert.Equal(new ArmTestReading(0, 0, null, null, null, 0), test.Reading);

        Feed(test, SequentialTest.LeastCount - 1, 3);

        Assert.Equal((SequentialTest.LeastCount - 1, null, null), (test.Reading.Bars, test.Reading.Low, test.Reading.PValue));
        Assert.Equal(ExperimentVerdict.Undecided, test.Verdict);
    }

    [Theory]
    [InlineData(0, 1, 100)]
    [InlineData(0.5, 1, 100)]
    [InlineData(0.05, 0, 100)]
    [InlineData(0.05, 1, 0)]
    public void Settings_that_mean_nothing_are_refused(double errorRate, int challengers, int horizon) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArmTest(errorRate, challengers, horizon));

    /// <summary>Differences of a mean that go up and down by one.</summary>
    private static void Feed(ArmTest test, int bars, double mean)
    {
        for (var bar = 0; bar < bars; bar++)
        {
            test.Add(mean + (bar % 2 == 0 ? 1 : -1), 0);
        }
    }
}
