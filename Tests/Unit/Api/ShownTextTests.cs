using Trading.ApiService.Edge;
using Trading.ApiService.Strategies;
using Trading.Contracts;

namespace Trading.Tests.Unit.Api;

public sealed class ShownTextTests
{
    private const string Source = "entry: close > sma(20)\nexit: close < sma(20)";

    [Theory]
    [InlineData("right to left override", "Safe \u202Eesrever")]
    [InlineData("left to right override", "a\u202Db")]
    [InlineData("embedding", "a\u202Ab")]
    [InlineData("end of an embedding", "a\u202Cb")]
    [InlineData("isolate", "a\u2067b\u2069")]
    [InlineData("direction mark", "a\u200Fb")]
    [InlineData("Arabic letter mark", "a\u061Cb")]
    [InlineData("zero width space", "a\u200Bb")]
    [InlineData("byte order mark", "\uFEFFab")]
    [InlineData("soft hyphen", "a\u00ADb")]
    [InlineData("tag", "a\U000E0062")]
    [InlineData("line separator", "a\u2028b")]
    [InlineData("paragraph separator", "a\u2029b")]
    [InlineData("line break", "a\nb")]
    [InlineData("escape", "a\u001Bb")]
    [InlineData("half a character", "a\uD83Db")]
    public void A_name_with_what_is_not_seen_is_refused(string what, string name)
    {
        Assert.False(ShownText.IsAll(name), what);
        Assert.NotNull(new Validation().Name("name", name, 80).Problem);
        Assert.Equal(["name"], ErrorsOf(new StrategyRequest { Name = name, Source = Source }));
        Assert.True(ShownText.IsAll(ShownText.Of(name)), what);
    }

    [Theory]
    [InlineData("Moving average, 20/50")]
    [InlineData("\u00DCbergang \u2192 50 %")]
    [InlineData("\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    public void A_name_in_any_script_is_taken(string name)
    {
        Assert.Null(new Validation().Name("name", name, 80).Problem);
        Assert.Equal(name, ShownText.Of(name));
        Assert.Empty(ErrorsOf(new StrategyRequest { Name = name, Source = Source }));
    }

    [Fact]
    public void A_description_has_lines_and_nothing_else_that_is_not_seen()
    {
        Assert.Empty(ErrorsOf(new StrategyRequest { Name = "a", Source = Source, Description = "one\r\ntwo" }));
        Assert.Equal(
            ["description"], ErrorsOf(new StrategyRequest { Name = "a", Source = Source, Description = "a\u202Eb" }));
    }

    private static string[] ErrorsOf(StrategyRequest request) =>
        StrategyCheck.Validate(request)?.Errors?.Keys.ToArray() ?? [];
}
