using Trading.PricingWorker.Sharing;

namespace Trading.Tests.Unit.Quotes;

public sealed class ShardTests
{
    [Fact]
    public void Shards_are_of_about_the_same_size()
    {
        var sizes = Enumerable.Range(0, 16_000).CountBy(number => Shard.Of($"T{number}")).Select(shard => shard.Value).ToArray();

        Assert.Equal(Shard.Count, sizes.Length);
        Assert.All(sizes, size => Assert.InRange(size, 800, 1200));
    }

    [Theory]
    [InlineData(1, new[] { 16 })]
    [InlineData(3, new[] { 6, 5, 5 })]
    [InlineData(5, new[] { 4, 3, 3, 3, 3 })]
    [InlineData(17, new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0 })]
    public void Every_shard_is_part_of_one_workers_share(int workers, int[] shares) =>
        Assert.Equal(shares, Enumerable.Range(0, workers).Select(before => Workforce.ShareOf(workers, before)));
}
