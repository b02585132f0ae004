using Trading.Contracts;
using Trading.Web.Strategies;

namespace Trading.Tests.Unit.Web;

public sealed class StrategyTextTests
{
    [Fact]
    public void Marks_cut_the_text_at_its_errors_and_lose_nothing_of_it()
    {
        StrategyErrorResponse first = new(1, 8, 4, "a", null), second = new(2, 7, 2, "b", null);

        var pieces = TextMarks.Of("entry: emma > 1\nexit: xx\n", [first, second]).ToArray();

        Assert.Equal(
            [("entry: ", null), ("emma", first), (" > 1\nexit: ", null), ("xx", second), ("\n", null)], pieces);
    }

    [Fact]
    public void What_is_missing_is_marked_by_a_blank()
    {
        StrategyErrorResponse missing = new(1, 7, 0, "a", null);

        Assert.Equal([("entry:", null), (" ", missing), ("", null)], TextMarks.Of("entry:", [missing]));
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(1, 99)]
    public void An_error_of_a_text_that_is_gone_is_at_the_end(int line, int column) =>
        Assert.Equal(5, TextMarks.OffsetOf("a\nbcd", new(line, column, 3, "a", null)));

    // By hand; the sequence that both have is a, c.
    [Fact]
    public void A_difference_has_every_line_of_both_texts_in_order() => Assert.Equal(
        [(' ', "a"), ('-', "b"), (' ', "c"), ('+', "d")],
        LineDiff.Of("a\nb\nc", "a\nc\nd"));

    [Fact]
    public void Equal_texts_do_not_differ() =>
        Assert.Equal([(' ', "a"), (' ', "")], LineDiff.Of("a\n", "a\n"));

    [Fact]
    public void What_was_replaced_is_removed_first() =>
        Assert.Equal([('-', "a"), ('+', "b")], LineDiff.Of("a", "b"));
}
