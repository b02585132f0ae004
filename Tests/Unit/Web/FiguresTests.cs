using System.Text.Json;
using Trading.Contracts;
using Trading.Web.Backtests;

namespace Trading.Tests.Unit.Web;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("total_return", "fraction", "0.1234", "+12.34%")]
    [InlineData("max_drawdown", "fraction", "-0.2", "\u221220.00%")]
    [InlineData("win_rate", "fraction", "0.55", "55.00%")]
    [InlineData("sharpe", "number", "-0.456", "\u22120.46")]
    [InlineData("trades", "count", "1234", "1,234")]
    [InlineData("net_profit", "currency", "1234.5", "1,234.50")]
    [InlineData("from", "time", "\"2020-01-02T21:00:00Z\"", "2020-01-02")]
    [InlineData("profit_factor", "number", "null", "–")]
    public void A_figure_is_shown_by_its_unit_with_a_sign_where_it_is_a_gain_or_a_loss(
        string name, string unit, string value, string shown)
    {
        using var document = JsonDocument.Parse(value);

        Assert.Equal(shown, Figures.Value(document.RootElement, new MetricDefinitionResponse(name, name, unit, "")));
    }

    [Fact]
    public void Labels_of_one_day_are_told_apart_by_their_time()
    {
        var monday = new DateTime(2026, 11, 16, 14, 30, 0, DateTimeKind.Utc);

        Assert.Equal(
            ["2026-11-16", "15:00", "2026-11-17"],
            Figures.Dates([monday, monday.AddMinutes(30), monday.AddDays(1)]));
    }
}
