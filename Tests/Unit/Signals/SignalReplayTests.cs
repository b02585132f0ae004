using Trading.Domain.Signals;

namespace Trading.Tests.Unit.Signals;

public sealed class SignalReplayTests
{
    [Fact]
    public void Every_signal_but_the_last_has_exactly_one_end_and_none_overlap()
    {
        var made = Run(2);

        Assert.All(made.SkipLast(1), one => Assert.NotNull(one.Life.Resolution));
        foreach (var (earlier, later) in made.Zip(made.Skip(1)))
        {
            Assert.True(earlier.Life.Resolution!.Time <= later.Signal.Time);
            Assert.True(earlier.Life.Resolution.Time > earlier.Signal.Time);
        }
    }

    [Fact]
    public void Followed_in_pieces_it_ends_the_same()
    {
        var history = Days.Of(7);
        var whole = Run(7);
        var pieces = new List<(DateTime Made, SignalState State, DateTime? End, double? R)>();
        ActiveSignal? active = null;
        var first = 0;
        foreach (var count in new[] { 150, 151, 400, 401, 402, 700, history.Count })
        {
            var scores = new SignalScores(history.Prefix(count), SignalRules.Default);
            var part = SignalReplay.Run(scores, first, active);
            Ends(pieces, part, ref active);
            first = count;
        }

        Assert.Equal(
            whole.Select(one => (
                one.Signal.Time, one.Life.Resolution?.State ?? SignalState.Active, one.Life.Resolution?.Time,
                one.Life.Resolution?.R)),
            pieces);
    }

    [Fact]
    public void A_corrected_close_withdraws_the_signal_made_from_it()
    {
        var history = Days.Of(7);
        var scores = new SignalScores(history, SignalRules.Default);
        var signal = Run(7)[^2].Signal;
        var own = history.Times.Span.IndexOf(signal.Time);
        var moved = signal.Plan with { Entry = signal.Plan.Entry + (0.6 * signal.Atr) };

        var kept = SignalReplay.Run(scores, own + 1, new ActiveSignal(signal.Time, signal.Plan, signal.Atr));
        var withdrawn = SignalReplay.Run(scores, own + 1, new ActiveSignal(signal.Time, moved, signal.Atr));
        var missing = SignalReplay.Run(
            scores, own + 1, new ActiveSignal(signal.Time.AddMinutes(1), signal.Plan, signal.Atr));

        Assert.NotEqual(SignalLife.CorrectionReason, kept.Carried!.Reason);
        Assert.Equal(SignalLife.CorrectionReason, withdrawn.Carried!.Reason);
        Assert.Equal(SignalLife.CorrectionReason, missing.Carried!.Reason);
    }

    [Fact]
    public void The_active_signal_of_an_instrument_without_more_bars_lapses_and_no_other_does()
    {
        var history = Days.Of(7);
        var scores = new SignalScores(history, SignalRules.Default);
        var whole = Run(7);
        var own = history.Times.Span.IndexOf(whole[^2].Signal.Time);
        var stopped = new SignalScores(history.Prefix(own + 3), SignalRules.Default);
        var lapse = new SignalLapse(time => time.AddDays(60), history.Times.Span[own].AddDays(61));

        var made = SignalReplay.Run(stopped, 0, null, lapse).Made;
        var resumed = SignalReplay.Run(
            stopped, own + 3, new(made[^1].Signal.Time, made[^1].Signal.Plan, made[^1].Signal.Atr), lapse);

        Assert.All(made.SkipLast(1), one => Assert.NotEqual(SignalLife.LapseReason, one.Life.Resolution!.Reason));
        var end = made[^1].Life.Resolution!;
        Assert.Equal((SignalState.Expired, SignalLife.LapseReason, 2), (end.State, end.Reason, end.BarsHeld));
        Assert.Equal(history.Times.Span[own].AddDays(60), end.Time);
        Assert.Equal(history.Close.Span[own + 2], end.Price);
        Assert.Equal(end, resumed.Carried);
        Assert.Null(SignalReplay.Run(stopped, 0, null, lapse with { Known = end.Time }).Made[^1].Life.Resolution);
    }

    [Fact]
    public void Results_of_the_past_are_of_signals_that_had_ended_by_then()
    {
        var history = Days.Of(11);
        var made = Run(11);
        var late = made.Last(one => one.Signal.Past.WinRate is not null).Signal;
        var early = made[0].Signal;

        Assert.True(early.Past.WinRate is null && early.Past.Trades < PastResults.FewestTrades);
        Assert.InRange(late.Past.WinRate!.Value, 0, 1);
        // Bars after it change nothing that was known at it.
        var own = history.Times.Span.IndexOf(late.Time);
        Assert.Equal(late.Past, SignalGenerator.AtLast(history.Prefix(own + 1))!.Past);
    }

    [Fact]
    public void Past_results_count_as_the_conventions_say()
    {
        // Five of twelve above zero; gains 9, losses 6.
        var past = PastResults.Of([3, 2, 2, 1, 1, 0, -1, -1, -1, -1, -1, -1]);
        var few = PastResults.Of([1, 1, 1, 1, 1, 1, 1, 1, 1]);
        var noLoss = PastResults.Of([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);

        Assert.Equal(new PastResults(12, 5 / 12.0, 1.5), past);
        Assert.Equal(new PastResults(9, null, null), few);
        Assert.Equal(new PastResults(10, 1, null), noLoss);
    }

    private static IReadOnlyList<FollowedSignal> Run(int company) =>
        SignalReplay.Run(new SignalScores(Days.Of(company), SignalRules.Default), 0, null).Made;

    private static void Ends(
        List<(DateTime Made, SignalState State, DateTime? End, double? R)> ends,
        SignalHistory part,
        ref ActiveSignal? active)
    {
        if (part.Carried is { } carried)
        {
            ends[^1] = (ends[^1].Made, carried.State, carried.Time, carried.R);
            active = null;
        }

        foreach (var one in part.Made)
        {
            var end = one.Life.Resolution;
            ends.Add((one.Signal.Time, end?.State ?? SignalState.Active, end?.Time, end?.R));
            active = end is null ? new ActiveSignal(one.Signal.Time, one.Signal.Plan, one.Signal.Atr) : null;
        }
    }
}
