using Trading.Domain.Risk;

namespace Trading.Tests.Unit.Risk;

/// <summary>The worked examples of the papers.</summary>
public sealed class SharpeProbabilityTests
{
    // Bailey and Lopez de Prado, "The Deflated Sharpe Ratio" (2014), numerical example: a strategy with an annualised
    // Sharpe ratio of 2.5 on 1,250 days, 250 a year, skewness -3, kurtosis 10; trials whose annualised Sharpe ratios
    // have a variance of 1/2.
    private const int Days = 1250;
    private static readonly double _daily = 2.5 / Math.Sqrt(250);
    private const double Variance = 0.5 / 250;

    [Fact]
    public void A_hundred_trials_raise_the_threshold_to_that_of_the_paper()
    {
        Assert.Equal(0.1132, SharpeProbability.ExpectedHighest(Variance, 100)!.Value, 5e-5);
    }

    [Theory]
    [InlineData(100, -3, 10, 0.9004)]
    [InlineData(46, -3, 10, 0.9505)]
    [InlineData(88, 0, 3, 0.9505)]
    public void The_deflated_ratio_is_that_of_the_paper(int trials, double skewness, double kurtosis, double expected)
    {
        var deflated = SharpeProbability.Deflated(_daily, Variance, trials, Days, skewness, kurtosis);

        Assert.Equal(expected, deflated!.Value, 5e-5);
    }

    // "The Sharpe Ratio Efficient Frontier" (2012): 24 months with a Sharpe ratio of 0.458 a month.
    [Theory]
    [InlineData(0, 3, 0.982)]
    [InlineData(-2.448, 10.164, 0.913)]
    public void The_probabilistic_ratio_is_that_of_the_paper(double skewness, double kurtosis, double expected)
    {
        Assert.Equal(expected, SharpeProbability.Probabilistic(0.458, 0, 24, skewness, kurtosis)!.Value, 5e-4);
    }

    [Fact]
    public void One_trial_has_nothing_to_be_deflated_by()
    {
        Assert.Null(SharpeProbability.Deflated(_daily, Variance, 1, Days, 0, 3));
    }

    // Abramowitz and Stegun (1964), table 26.1.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(2, 0.977249868051821)]
    [InlineData(-3, 0.001349898031630)]
    [InlineData(-8, 6.22096057427178e-16)]
    public void The_normal_distribution_is_that_of_the_tables(double value, double probability)
    {
        Assert.Equal(probability, NormalDistribution.Cumulative(value), 1e-14);
        Assert.Equal(value, NormalDistribution.Quantile(NormalDistribution.Cumulative(value)), 1e-10);
    }

    // The erfc of glibc 2.36; the series of the far tail is good to 1e-8 of the probability.
    [Theory]
    [InlineData(-7.5, 3.19089167291092e-14)]
    [InlineData(-8, 6.220960574271819e-16)]
    [InlineData(-10, 7.619853024160593e-24)]
    [InlineData(-20, 2.7536241186063314e-89)]
    [InlineData(-38, 0)]
    public void Small_probabilities_are_right_in_their_own_measure(double value, double probability) =>
        Assert.InRange(NormalDistribution.Cumulative(value), probability * (1 - 1e-8), probability * (1 + 1e-8));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void What_is_certain_has_no_value(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(probability));
}
