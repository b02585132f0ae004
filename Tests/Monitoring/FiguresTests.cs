using System.Globalization;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Monitoring;

[Collection(SystemTests.Name)]
public sealed class FiguresTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("trading_users{tier=\"free\"}", "SELECT count(*) FROM users WHERE disabled_at IS NULL AND tier = 'free'")]
    [InlineData("trading_sessions_active", "SELECT count(*) FROM sessions WHERE revoked_at IS NULL AND expires_at > now()")]
    [InlineData("trading_instruments{synthetic=\"true\"}", "SELECT count(*) FROM instruments WHERE synthetic")]
    [InlineData("trading_imports", "SELECT count(*) FROM imports")]
    [InlineData("trading_audit_events", "SELECT count(*) FROM audit_events")]
    [InlineData(
        "trading_business_signals_today",
        "SELECT count(*) FROM signals WHERE time >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'")]
    public async Task A_figure_is_what_the_database_holds(string sample, string query)
    {
        var user = await system.SignInAsync(Cancellation);
        user.Http.Dispose();

        await IsShownAsync(sample, query);
    }

    [Fact]
    public async Task A_backtest_s_trades_are_among_today_s_and_counted_as_they_are_made()
    {
        const string Today = "FROM backtests WHERE is_done AND date_trunc('day', created_at AT TIME ZONE 'UTC')"
            + " = date_trunc('day', now() AT TIME ZONE 'UTC')";
        var user = await system.SignInAsync(Cancellation);
        user.Http.Dispose();
        var before = await ShownAsync("trading_backtest_trades_total") ?? 0;

        var run = await user.Api.StartBacktestAsync(
            new BacktestRequest
            {
                Strategy = "ma_cross",
                Instruments = [await system.AnyTickerAsync(Cancellation)],
                BootstrapSamples = 0,
            },
            Cancellation);
        var trades = run.Figures!.Trades;

        Assert.True(trades > 0);
        await Eventually.IsTrueAsync(
            async () => await ShownAsync("trading_backtest_trades_total") == before + trades, "the trades are counted");
        await IsShownAsync("trading_business_trades_today", $"SELECT sum(trade_count) {Today}");
        await IsShownAsync("trading_business_backtests_today", $"SELECT count(*) {Today}");
    }

    [Fact]
    public async Task Bars_are_counted_to_within_a_tenth_without_reading_them()
    {
        await using var count = system.Database.CreateCommand("ANALYZE daily_bars; SELECT count(*)::float8 FROM daily_bars");
        var stored = (double)(await count.ExecuteScalarAsync(Cancellation))!;

        await Eventually.IsTrueAsync(
            async () => Math.Abs((await ShownAsync("trading_bars_stored{interval=\"day\"}") ?? 0) - stored) <= stored / 10,
            $"about {stored} daily bars are shown");
        Assert.True(stored > 0);
    }

    private Task IsShownAsync(string sample, string query) => Eventually.IsTrueAsync(
        async () =>
        {
            await using var command = system.Database.CreateCommand(query);
            var stored = Convert.ToDouble(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture);
            return await ShownAsync(sample) == stored;
        },
        $"{sample} is what {query} gives");

    private async Task<double?> ShownAsync(string sample)
    {
        var text = await system.MetricsAsync("apiservice", Cancellation);
        return text.Split('\n').FirstOrDefault(line => line.StartsWith(sample + " ", StringComparison.Ordinal)) is { } line
            ? double.Parse(line[(sample.Length + 1)..], CultureInfo.InvariantCulture)
            : null;
    }
}
