using Trading.Domain.Experiments;

namespace Trading.Tests.Unit.Experiments;

/// <summary>How often equals are called different, looked at after every bar. The output has the rates.</summary>
public sealed class FalseVerdictTests(ITestOutputHelper output)
{
    private const int Experiments = 2000;
    private const int Bars = 2000;
    private const double ErrorRate = 0.05;

    [Theory]
    [InlineData("normal")]
    [InlineData("fat tails")]
    [InlineData("skewed")]
    [InlineData("short of tails")]
    [InlineData("sparse")]
    [InlineData("clustered")]
    [InlineData("rare losses")]
    [InlineData("together")]
    public void Two_equal_strategies_looked_at_every_bar_are_called_different_no_more_often_than_promised(string kind)
    {
        var rate = Rate(kind, mean: 0);

        output.WriteLine($"{kind}: {rate:P2} of {Experiments} experiments of {Bars} bars, at {ErrorRate:P0}");
        Assert.InRange(rate, 0, ErrorRate);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("short of tails")]
    public void Of_several_equal_arms_any_is_called_different_no_more_often_than_promised(string kind)
    {
        const int Challengers = 4;
        var called = 0;
        Parallel.For(0, Experiments / 2, experiment =>
        {
            ArmTest[] tests = [.. Enumerable.Range(0, Challengers).Select(_ => new ArmTest(ErrorRate, Challengers, Bars))];
            Draws[] arms = [.. Enumerable.Range(0, Challengers + 1).Select(arm => new Draws((experiment * 10) + arm, kind))];
            for (var bar = 0; bar < Bars; bar++)
            {
                var control = arms[0].Next();
                for (var arm = 0; arm < Challengers; arm++)
                {
                    tests[arm].Add(arms[arm + 1].Next(), control);
                }
            }

            if (tests.Any(test => test.Verdict != ExperimentVerdict.Undecided))
            {
                Interlocked.Increment(ref called);
            }
        });

        var rate = called / (Experiments / 2.0);
        output.WriteLine($"{kind}, {Challengers} arms: {rate:P2} of {Experiments / 2} experiments, at {ErrorRate:P0}");
        Assert.InRange(rate, 0, ErrorRate);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("clustered")]
    public void A_strategy_that_is_better_is_found_to_be(string kind)
    {
        var rate = Rate(kind, mean: 0.15);

        output.WriteLine($"{kind}: {rate:P2} found within {Bars} bars");
        Assert.True(rate > 0.95, $"Better by 0.15 standard deviations a bar, found in {rate:P1}.");
    }

    [Fact]
    public void A_fixed_test_looked_at_every_bar_would_be_wrong_far_more_often()
    {
        var wrong = 0;
        for (var experiment = 0; experiment < Experiments; experiment++)
        {
            var (draws, test) = (new Draws(experiment, "normal"), new SequentialTest(ErrorRate, Bars / 2));
            var differs = false;
            for (var bar = 0; bar < Bars && !differs; bar++)
            {
                test.Add(draws.Next());
                differs = test.IsReady && Math.Abs(test.Mean) > 1.96 * Math.Sqrt(test.Variance!.Value / test.Count);
            }

            wrong += differs ? 1 : 0;
        }

        Assert.True(wrong > 0.2 * Experiments, "Or the promise above would be nothing.");
    }

    private static double Rate(string kind, double mean)
    {
        var called = 0;
        Parallel.For(0, Experiments, experiment =>
        {
            var (draws, test) = (new Draws(experiment, kind), new ArmTest(ErrorRate, 1, Bars));
            for (var bar = 0; bar < Bars && test.Verdict == ExperimentVerdict.Undecided; bar++)
            {
                test.Add(mean + draws.Next(), 0);
            }

            if (test.Verdict != ExperimentVerdict.Undecided)
            {
                Interlocked.Increment(ref called);
            }
        });
        return called / (double)Experiments;
    }
}
