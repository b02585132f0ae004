using Trading.ApiService.Edge;

namespace Trading.Tests.Unit.Api;

public sealed class CursorTests
{
    [Fact]
    public void A_cursor_names_the_last_item_of_its_list()
    {
        Assert.True(Cursor.TryRead("bars|AAPL", Cursor.After("bars|AAPL", "636"), out var last));
        Assert.Equal("636", last);
    }

    [Fact]
    public void A_cursor_of_another_list_is_refused() =>
        Assert.False(Cursor.TryRead("bars|MSFT", Cursor.After("bars|AAPL", "636"), out _));

    [Fact]
    public void A_cursor_with_any_character_changed_is_refused()
    {
        var cursor = Cursor.After("bars|AAPL", "636538464000000000");
        for (var at = 0; at < cursor.Length; at++)
        {
            var changed = $"{cursor[..at]}{(cursor[at] == 'A' ? 'B' : 'A')}{cursor[(at + 1)..]}";
            Assert.False(Cursor.TryRead("bars|AAPL", changed, out _), changed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_was_never_a_cursor_is_refused(string text) =>
        Assert.False(Cursor.TryRead("bars|AAPL", text, out _));
}
