using Trading.PricingWorker.Bars;

namespace Trading.Tests.Unit.Quotes;

public sealed class StreamIdTests
{
    [Theory]
    [InlineData("9-0", "10-0")]
    [InlineData("10-2", "10-10")]
    [InlineData("10", "10-1")]
    [InlineData(null, "0-1")]
    public void Ids_are_ordered_by_number_as_redis_does(string? earlier, string later)
    {
        Assert.True(StreamId.Parse(later).IsAfter(StreamId.Parse(earlier)));
        Assert.False(StreamId.Parse(earlier).IsAfter(StreamId.Parse(later)));
        Assert.False(StreamId.Parse(later).IsAfter(StreamId.Parse(later)));
    }
}
