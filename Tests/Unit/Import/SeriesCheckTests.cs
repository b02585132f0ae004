using Trading.Data.Import;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Import;

public sealed class SeriesCheckTests
{
    [Fact]
    public void A_session_counts_once_whatever_the_order_of_the_rows()
    {
        var rows = Rows((4, 3, 12), (2, 1, 10), (3, 2, 11), (5, 2, 11));
        var rejections = new List<RowRejection>();

        var accepted = SeriesCheck.Run(rows, StoredHistory.None, rejections);

        Assert.Equal([2L, 3L, 4L], accepted.Select(row => row.Line));
        var rejected = Assert.Single(rejections);
        Assert.Equal((5L, "duplicate_date"), (rejected.Line, rejected.Defect.Code));
        Assert.Equal("2020-01-02 is on line 3 already", rejected.Defect.Reason);
    }

    [Fact]
    public void The_first_row_is_compared_with_what_is_stored_before_it()
    {
        var rejections = new List<RowRejection>();
        var history = new StoredHistory(new StoredClose(new DateOnly(2019, 12, 31), 100), null, []);

        var accepted = SeriesCheck.Run(Rows((2, 1, 10), (3, 2, 11)), history, rejections);

        Assert.Equal([3L], accepted.Select(row => row.Line));
        Assert.True(Assert.Single(rejections).Defect.Quarantined);
    }

    [Fact]
    public void A_level_that_another_import_quarantined_is_confirmed_by_the_next_row()
    {
        var rejections = new List<RowRejection>();
        var history = new StoredHistory(
            new StoredClose(new DateOnly(2019, 12, 30), 100), BarContent.Read("ABC,2019-12-31,30,31,29,30,5"), []);

        Assert.Single(SeriesCheck.Run(Rows((2, 1, 31)), history, rejections));
        Assert.Empty(rejections);
    }

    [Fact]
    public void An_action_that_is_stored_explains_a_jump_and_one_told_twice_counts_once()
    {
        var split = new CorporateAction(new DateOnly(2020, 1, 2), CorporateActionKind.Split, 4);
        var rows = Rows((2, 1, 100), (3, 2, 25), (4, 3, 26));
        rows.Actions.Add(new FileAction(3, split));
        rows.Actions.Add(new FileAction(9, split));
        var rejections = new List<RowRejection>();

        var accepted = SeriesCheck.Run(rows, new StoredHistory(null, null, [split]), rejections);

        Assert.Equal(3, accepted.Count);
        Assert.Empty(rejections);
    }

    private static TickerRows Rows(params (long Line, int Day, double Close)[] closes)
    {
        var rows = new TickerRows("ABC");
        foreach (var (line, day, close) in closes)
        {
            var bar = new Bar(default, close, close, close, close, 1);
            rows.Bars.Add(new FileBar(line, new DateOnly(2020, 1, day), bar));
        }

        return rows;
    }
}
