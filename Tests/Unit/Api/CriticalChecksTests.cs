using Trading.ServiceDefaults;

namespace Trading.Tests.Unit.Api;

public sealed class CriticalChecksTests
{
    [Fact]
    public async Task The_database_and_the_schema_are_critical_and_nothing_that_only_degrades_is()
    {
        await using var api = await ApiHost.StartAsync();

        var report = await api.Service<HealthProbe>().CheckAsync(null, TestContext.Current.CancellationToken);
        var critical = HealthResponse.From(report, detailed: true).Checks!
            .Where(check => check.Value.Critical).Select(check => check.Key);

        Assert.Equal(["TradingDbContext", "schema"], critical.Order(StringComparer.Ordinal));
    }
}
