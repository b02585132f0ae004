using Trading.ApiService.Webhooks;

namespace Trading.Tests.Unit.Api;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 30)]
    [InlineData(3, 90)]
    [InlineData(7, 7290)]
    [InlineData(8, 21600)]
    [InlineData(9, 21600)]
    public void Waits_triple_up_to_the_longest_each_between_half_and_all_of_it(int tries, int seconds)
    {
        var waits = Enumerable.Range(0, 100).Select(_ => RetrySchedule.After(tries, new WebhookOptions())!.Value).ToList();

        Assert.All(waits, wait => Assert.InRange(wait.TotalSeconds, seconds / 2.0, seconds));
        Assert.True(waits.Distinct().Count() > 50, "Tries that failed together come back together.");
    }

    [Fact]
    public void The_last_try_has_none_after_it() => Assert.Null(RetrySchedule.After(10, new WebhookOptions()));
}
