using System.Text.Json;
using Trading.Contracts;
using Trading.Web.Backtests;

namespace Trading.Tests.Unit.Web;

public sealed class ProgressMessageTests
{
    [Fact]
    public void Progress_is_read_as_the_stream_documents_it()
    {
        // The example of docs/websocket.md.
        var told = Read(
            """
            {"type":"backtest_progress","id":"01990000-0000-7000-8000-000000000001","state":"running","done":120,
             "total":1000,"rate":240.5,"seconds_left":3.7}
            """);

        Assert.Equal((Guid.Parse("01990000-0000-7000-8000-000000000001"), true), (told!.Id, told.IsUnderWay));
        Assert.Equal(new BacktestProgress(120, 1000, 240.5, 3.7), told.Progress);
    }

    [Fact]
    public void What_is_not_known_yet_is_null_and_other_messages_are_none()
    {
        var told = Read(
            """
            {"type":"backtest_progress","id":"01990000-0000-7000-8000-000000000001","state":"succeeded","done":9,
             "total":9,"rate":null,"seconds_left":null}
            """);

        Assert.False(told!.IsUnderWay);
        Assert.Equal(new BacktestProgress(9, 9, null, null), told.Progress);
        Assert.Null(Read("""{"type":"signal","id":"01990000-0000-7000-8000-000000000001"}"""));
    }

    private static ProgressMessage? Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var body = document.RootElement.Clone();
        return ProgressMessage.Read(new UserMessage(body.GetProperty("type").GetString()!, body));
    }
}
