using Npgsql;
using Trading.Data.Experiments;
using Trading.Domain.Experiments;
using Trading.Domain.Market;

namespace Trading.Tests.Integration;

/// <summary>What workers make of experiments as bars close.</summary>
[Collection(SystemTests.Name)]
public sealed class ExperimentAdvanceTests(TradingSystem system) : IAsyncLifetime
{
    private static readonly ExperimentArm[] _arms =
    [
        ExperimentLab.Cross("slow", 10, 30),
        ExperimentLab.Cross("fast", 3, 9),
        ExperimentLab.Written("dips", "entry: rsi(5) < 40\nexit: rsi(5) > 60\nstop: 2 * atr(14)"),
    ];

    private ExperimentLab? _lab;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ExperimentLab Lab => _lab!;

    public async ValueTask InitializeAsync() => _lab = await ExperimentLab.OpenAsync(system);

    public ValueTask DisposeAsync() => Lab.DisposeAsync();

    [Fact]
    public async Task Taken_on_day_by_day_the_same_points_come_as_at_once()
    {
        var daily = await Lab.BeginAsync(Lab.Spec(200, _arms));
        for (var until = ExperimentLab.Begun; until < ExperimentLab.Begun.AddDays(60); until = until.AddDays(1))
        {
            await Lab.AdvanceAsync(until);
        }

        await Lab.AdvanceAsync(ExperimentLab.End);
        var atOnce = await Lab.BeginAsync(Lab.Spec(200, _arms));
        await Lab.AdvanceAsync(ExperimentLab.End);

        var (expected, points) = (await Lab.PointsAsync(atOnce), await Lab.PointsAsync(daily));
        Assert.Equal(200, points.Times.Length);
        Assert.Equal(expected.Times, points.Times);
        Assert.Equal(expected.Equity, points.Equity);
        Assert.Equal(expected.Invested, points.Invested);
        Assert.True(points.Equity[^1].Distinct().Count() == 3, "The arms are three strategies.");
        var (one, other) = (await Lab.RowAsync(atOnce), await Lab.RowAsync(daily));
        Assert.Equal((one.State, one.Bars, 0), (other.State, other.Bars, other.Revisions));
        Assert.Equal(one.Results.Select(arm => (arm.Equity, arm.Trades, arm.MaxDrawdown)),
            other.Results.Select(arm => (arm.Equity, arm.Trades, arm.MaxDrawdown)));
        Assert.Equal(one.Results.Select(arm => arm.Test), other.Results.Select(arm => arm.Test));
    }

    [Fact]
    public async Task Only_bars_that_opened_after_the_beginning_count_and_each_counts_once()
    {
        var id = await Lab.BeginAsync(Lab.Spec(200, _arms));

        Assert.Empty(await Lab.AdvanceAsync(ExperimentLab.Begun.AddHours(23)));
        var until = ExperimentLab.Begun.AddDays(14);
        await Lab.AdvanceAsync(until);
        Assert.Empty(await Lab.AdvanceAsync(until));

        var points = await Lab.PointsAsync(id);
        Assert.InRange(points.Times[0], ExperimentLab.Begun.AddDays(1), ExperimentLab.Begun.AddDays(4));
        Assert.InRange(points.Times.Length, 8, 10);
        Assert.Equal(points.Times.Order().Distinct(), points.Times);
    }

    [Fact]
    public async Task Longer_bars_than_minutes_count_once_they_are_whole()
    {
        var fiveMinutes = BarInterval.All.Single(interval => interval.Code == "5m");
        var spec = Lab.Spec(200, ExperimentLab.Written("held", "entry: close > 0"), ExperimentLab.Written("never", "entry: close < 0"));
        var id = await Lab.BeginAsync(spec with
        {
            Interval = fiveMinutes.Code,
            Instruments = [spec.Instruments[0]],
            Settings = spec.Settings with { From = ExperimentLab.Begun.AddMinutes(5), Costs = new(0, 0, 0, 0) },
            WarmFrom = ExperimentLab.Begun.AddHours(-1),
        });
        // The last of them closes at 20:13.
        await Lab.AddMinutesAsync(ExperimentLab.Begun.AddMinutes(-59), 73);

        await Lab.AdvanceAsync(fiveMinutes, ExperimentLab.Begun.AddMinutes(14));
        Assert.Empty(await Lab.AdvanceAsync(fiveMinutes, ExperimentLab.Begun.AddMinutes(14)));

        var points = await Lab.PointsAsync(id);
        Assert.Equal([ExperimentLab.Begun.AddMinutes(5), ExperimentLab.Begun.AddMinutes(10)], points.Times);
        // Bought at the open of the minute after the beginning, 160: 625 units, at closes of 165 and 170.
        Assert.Equal([[103_125, 100_000], [106_250, 100_000]], points.Equity);
    }

    [Fact]
    public async Task Workers_that_race_store_every_point_exactly_once()
    {
        var ids = new List<Guid>();
        for (var index = 0; index < 6; index++)
        {
            ids.Add(await Lab.BeginAsync(Lab.Spec(200, _arms)));
        }

        var added = new int[ids.Count];
        foreach (var days in new[] { 20, 21, 22, 60, 500 })
        {
            var until = ExperimentLab.Begun.AddDays(days);
            var news = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Lab.AdvanceAsync(until)));
            foreach (var one in news.SelectMany(worker => worker))
            {
                added[ids.IndexOf(one.Row.Id)] += one.Added;
            }
        }

        Assert.All(added, count => Assert.Equal(200, count));
        var first = await Lab.PointsAsync(ids[0]);
        foreach (var id in ids)
        {
            var points = await Lab.PointsAsync(id);
            Assert.Equal(first.Times, points.Times);
            Assert.Equal(first.Equity, points.Equity);
        }
    }

    [Fact]
    public async Task What_a_worker_held_when_it_died_is_the_next_ones()
    {
        var id = await Lab.BeginAsync(Lab.Spec(200, _arms));
        await using (var dying = await Lab.Database.Source.OpenConnectionAsync(Cancellation))
        {
            await using var transaction = await dying.BeginTransactionAsync(Cancellation);
            await using var hold = new NpgsqlCommand("SELECT id FROM experiments FOR NO KEY UPDATE", dying);
            await hold.ExecuteNonQueryAsync(Cancellation);

            Assert.Empty(await Lab.AdvanceAsync(ExperimentLab.End));
        }

        Assert.Equal(id, Assert.Single(await Lab.AdvanceAsync(ExperimentLab.End)).Row.Id);
    }

    [Fact]
    public async Task An_experiment_ends_with_its_last_bar()
    {
        var id = await Lab.BeginAsync(Lab.Spec(30, _arms));

        var news = Assert.Single(await Lab.AdvanceAsync(ExperimentLab.End));

        Assert.Equal((30, ExperimentState.Completed), (news.Added, news.Row.State));
        Assert.NotNull(news.Row.FinishedAt);
        // What was ordered at the last close has no time of entry.
        Assert.All(news.Row.Results, arm => Assert.All(
            arm.Positions, held => Assert.True(held.EntryTime is null || held.EntryTime <= news.Row.LastTime)));
        Assert.Empty(await Lab.AdvanceAsync(ExperimentLab.End.AddDays(1)));
        Assert.Equal(30, (await Lab.PointsAsync(id)).Times.Length);
    }

    [Fact]
    public async Task One_that_was_stopped_stays_as_it_is()
    {
        var id = await Lab.BeginAsync(Lab.Spec(200, _arms));
        await Lab.AdvanceAsync(ExperimentLab.Begun.AddDays(30));
        var before = await Lab.RowAsync(id);

        Assert.True(await Lab.Store.StopAsync(Lab.User, id, ExperimentLab.End, Cancellation));
        Assert.Empty(await Lab.AdvanceAsync(ExperimentLab.End));

        var after = await Lab.RowAsync(id);
        Assert.Equal((before.Bars, ExperimentState.Stopped), (after.Bars, after.State));
        Assert.False(await Lab.Store.StopAsync(Lab.User, id, ExperimentLab.End, Cancellation));
        Assert.True(await Lab.Store.DeleteAsync(Lab.User, id, Cancellation));
        Assert.Empty((await Lab.PointsAsync(id)).Times);
    }

    [Fact]
    public async Task A_point_once_written_is_not_rewritten_when_prices_are_corrected()
    {
        var held = ExperimentLab.Written("held", "entry: close > 0");
        var id = await Lab.BeginAsync(Lab.Spec(200, held, ExperimentLab.Written("never", "entry: close < 0")));
        await Lab.AdvanceAsync(ExperimentLab.Begun.AddDays(30));
        var before = await Lab.PointsAsync(id);
        // Every price until then was a tenth too high: what is held has gained a tenth less than was stored.
        await Lab.Database.ExecuteAsync(
            $"""
            UPDATE daily_bars SET open = open * 1.1, high = high * 1.1, low = low * 1.1, close = close * 1.1
            WHERE time BETWEEN '{before.Times[5]:O}' AND '{before.Times[^1]:O}'
            """);
        await Lab.AdvanceAsync(ExperimentLab.Begun.AddDays(40));

        var after = await Lab.PointsAsync(id);
        Assert.True(after.Times.Length > before.Times.Length);
        Assert.Equal(before.Equity, after.Equity[..before.Equity.Length]);
        Assert.Equal(1, (await Lab.RowAsync(id)).Revisions);
        // From the corrected price to the next one, less than a tenth's fall and no jump to the other level.
        var next = after.Equity[before.Equity.Length][0] / before.Equity[^1][0];
        Assert.InRange(next, 0.85, 0.95);
        Assert.Equal(100_000, after.Equity[^1][1]);
    }

    [Theory]
    [InlineData("UPDATE experiment_points SET equity = '{1,2}'")]
    [InlineData("TRUNCATE experiment_points")]
    public async Task The_points_of_experiments_are_append_only(string change)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Lab.Database.ExecuteAsync(change));

        Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_falls_when_one_is_plainly_better_and_is_told_once()
    {
        // The control buys and sells at every bar and pays 1 % each time.
        var churns = ExperimentLab.Written("churns", "entry: close > 0\nexit: close > 0");
        var spec = Lab.Spec(300, churns, ExperimentLab.Written("never", "entry: close < 0"));
        var id = await Lab.BeginAsync(spec with
        {
            Settings = spec.Settings with { Costs = new(0.01m, 0, 0, 0) },
        });
        var told = new List<ExperimentNews>();
        for (var days = 250; days <= 480; days += 10)
        {
            told.AddRange(await Lab.AdvanceAsync(ExperimentLab.Begun.AddDays(days)));
        }

        Assert.Equal([1], Assert.Single(told, news => news.Decided.Count > 0).Decided);
        var test = (await Lab.RowAsync(id)).Results[1].Test!;
        Assert.Equal(ExperimentVerdict.Better, test.Verdict);
        Assert.InRange(test.DecidedAt!.Value, SequentialTest.LeastCount, 300);
        Assert.True(test.Low > 0);
        Assert.Null((await Lab.RowAsync(id)).Results[0].Test);
    }

    [Fact]
    public async Task One_that_cannot_be_run_any_more_fails_and_says_why()
    {
        var gone = new ExperimentArm { Name = "gone", Strategy = "no_such", Arguments = new Dictionary<string, double>() };
        var id = await Lab.BeginAsync(Lab.Spec(200, _arms[0], gone));

        await Lab.AdvanceAsync(ExperimentLab.End);

        var row = await Lab.RowAsync(id);
        Assert.Equal(ExperimentState.Failed, row.State);
        Assert.Contains("no_such", row.Error, StringComparison.Ordinal);
        Assert.Equal(0, row.Bars);
    }

    [Fact]
    public async Task No_more_run_or_are_kept_than_may()
    {
        var spec = Lab.Spec(200, _arms);
        NewExperiment Another() => new(Guid.CreateVersion7(), Lab.User, null, spec, ExperimentLab.Begun);

        var begun = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Lab.Store.TryAddAsync(Another(), 2, 3, Cancellation)));

        Assert.Equal(2, begun.Count(isBegun => isBegun));
        foreach (var row in await Lab.Store.ListAsync(Lab.User, null, 10, Cancellation))
        {
            await Lab.Store.StopAsync(Lab.User, row.Id, ExperimentLab.End, Cancellation);
        }

        Assert.True(await Lab.Store.TryAddAsync(Another(), 2, 3, Cancellation));
        Assert.False(await Lab.Store.TryAddAsync(Another(), 2, 3, Cancellation));
    }
}
