using Trading.PricingWorker.Upkeep;

namespace Trading.Tests.Unit.Schedules;

public sealed class StorageValidationTests
{
    [Fact]
    public void Nothing_is_dropped_unless_it_is_said_how_long_bars_are_kept_and_where_they_go()
    {
        Assert.True(Check(new StorageOptions()).Succeeded);
        Assert.True(Check(Of("/exports", ("1m", 400), ("1d", 4000))).Succeeded);
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var options = Of(null, ("1m", 34), ("1d", 399), ("5m", 400), ("1w", 400));
        options.MonthsAhead = 0;

        var mistakes = Check(options).Failures!.ToArray();

        Assert.Equal(6, mistakes.Length);
        foreach (var key in new[] { "MonthsAhead", "Keep:1m", "Keep:1d", "Keep:5m", "Keep:1w", "ExportFolder" })
        {
            Assert.Contains(mistakes, mistake => mistake.StartsWith($"Storage:{key}:", StringComparison.Ordinal));
        }
    }

    private static StorageOptions Of(string? folder, params (string Interval, int Days)[] kept)
    {
        var options = new StorageOptions { ExportFolder = folder };
        foreach (var (interval, days) in kept)
        {
            options.Keep[interval] = TimeSpan.FromDays(days);
        }

        return options;
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Check(StorageOptions options) =>
        new StorageValidation().Validate(null, options);
}
