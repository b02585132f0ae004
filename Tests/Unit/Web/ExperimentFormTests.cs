using Trading.Contracts;
using Trading.Web.Experiments;

namespace Trading.Tests.Unit.Web;

public sealed class ExperimentFormTests
{
    [Fact]
    public void What_is_filled_in_is_asked_for_in_the_APIs_units()
    {
        var id = Guid.NewGuid();
        var form = new ExperimentForm { Name = " A ", FeePercent = 0.2m, SlippagePercent = 0, ErrorPercent = 1, Horizon = 300 };
        form.Arms.Add(Arm("ma_cross", "", new StrategyParameterResponse("fast", 10, 2, 100, null, true)));
        form.Arms.Add(Arm(id.ToString(), "mine"));

        var request = form.ToRequest();

        Assert.Equal(("A", 0.01, 300, 0.002m, 0m), (request.Name, request.ErrorRate, request.Horizon, request.Costs!.FeeRate, request.Costs.SlippageRate));
        Assert.Equal(("ma_cross", null, null), (request.Arms![0].Strategy, request.Arms[0].StrategyId, request.Arms[0].Name));
        Assert.Equal(10, request.Arms[0].Arguments!["fast"]);
        Assert.Equal((null, id, "mine"), (request.Arms[1].Strategy, request.Arms[1].StrategyId, request.Arms[1].Name));
    }

    [Fact]
    public void A_confidence_sequence_is_drawn_from_where_it_is_known_with_zero_in_sight()
    {
        var band = new SequenceBand(new([1, 2, 3, 4, 5], [null, null, 1, 2, 3], [null, null, 5, 6, 7]));

        Assert.True(band.IsKnown);
        Assert.Equal((0, 7), (band.Low, band.High));
        // Zero at the bottom, seven at the top, four pixels from the edges of 160; bars a quarter of 1,000 apart.
        Assert.Equal("500,47.43 750,25.71 1000,4 1000,90.86 750,112.57 500,134.29", band.Area);
        Assert.Equal("500,90.86 750,69.14 1000,47.43", band.Mean);
        Assert.Equal("156", band.Y(0));
    }

    [Fact]
    public void A_sequence_of_which_nothing_is_known_draws_nothing()
    {
        var band = new SequenceBand(new([1, 2], [null, null], [null, null]));

        Assert.False(band.IsKnown);
        Assert.Equal("", band.Area);
    }

    [Theory]
    [InlineData(0.00031, "+3.10 bp")]
    [InlineData(-0.00005, "\u22120.50 bp")]
    [InlineData(0.0, "0.00 bp")]
    [InlineData(null, "–")]
    public void Differences_are_shown_in_hundredths_of_a_percent(double? difference, string text) =>
        Assert.Equal(text, ExperimentText.BasisPoints(difference));

    [Theory]
    [InlineData(0.0127, "+127 bp")]
    [InlineData(-0.00005, "\u22120.5 bp")]
    [InlineData(0.0, "0 bp")]
    public void Levels_of_a_chart_are_short(double difference, string text) =>
        Assert.Equal(text, ExperimentText.Level(difference));

    private static ArmEntry Arm(string strategy, string name, params StrategyParameterResponse[] parameters)
    {
        var arm = new ArmEntry { Name = name };
        arm.Choose(new StrategyResponse(strategy, strategy, "", "own", "private", 1, "", parameters, null, null, 1));
        return arm;
    }
}
