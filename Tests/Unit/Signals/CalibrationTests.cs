using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Tests.Unit.Signals;

public sealed class CalibrationTests
{
    private static readonly DateTime Start = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Below_500_resolved_signals_nothing_is_calibrated()
    {
        Assert.Null(ConfidenceCurve.Fit(Drawn(499, score => score)));
        Assert.NotNull(ConfidenceCurve.Fit(Drawn(500, score => score)));
    }

    [Fact]
    public void The_curve_finds_the_probability_that_outcomes_were_drawn_with()
    {
        var curve = ConfidenceCurve.Fit(Drawn(20_000, score => 0.2 + (0.5 * score)))!;

        foreach (var score in new[] { 0.1, 0.3, 0.5, 0.7, 0.9 })
        {
            // A bin of 1,000 has a standard deviation of 0.016.
            Assert.Equal(0.2 + (0.5 * score), curve.At(score), 0.05);
        }
    }

    [Fact]
    public void The_curve_never_falls_even_where_the_data_does()
    {
        var curve = ConfidenceCurve.Fit(Drawn(5000, score => 0.8 - (0.6 * score)))!;

        Assert.Equal(curve.Shares.Order(), curve.Shares);
        // Falling data has one level: that of all.
        Assert.Equal(0.5, curve.At(0.2), 0.03);
        Assert.Equal(curve.At(0), curve.At(1), 0.03);
    }

    [Fact]
    public void Beyond_its_ends_the_curve_is_flat()
    {
        var curve = new ConfidenceCurve([0.3, 0.5], [0.2, 0.4], 500);

        Assert.Equal(0.2, curve.At(0));
        Assert.Equal(0.3, curve.At(0.4), 12);
        Assert.Equal(0.4, curve.At(1));
    }

    [Fact]
    public void Only_what_had_resolved_before_gives_a_confidence()
    {
        var outcomes = Drawn(2000, score => score);
        var signals = outcomes.Select((outcome, index) =>
            new DatedOutcome(Start.AddDays(index), Start.AddDays(index + 10), outcome)).ToList();

        var whole = WalkForwardConfidence.Assign(signals);
        var prefix = WalkForwardConfidence.Assign([.. signals.Take(1200)]);

        // The 500th resolves on day 509, and is known to the signal made then.
        Assert.Equal(509, whole.TakeWhile(confidence => confidence is null).Count());
        Assert.All(whole.Skip(509), confidence => Assert.NotNull(confidence));
        Assert.Equal(whole.Take(1200), prefix);
    }

    [Fact]
    public void What_never_ends_counts_for_nothing()
    {
        var signals = Drawn(600, score => score).Select((outcome, index) =>
            new DatedOutcome(Start.AddDays(index), null, outcome)).ToList();

        Assert.All(WalkForwardConfidence.Assign(signals), Assert.Null);
    }

    [Fact]
    public void Reliability_is_measured_as_by_hand()
    {
        // Twenty signals: ten of confidence 0.2 of which one hits, ten of 0.6 of which six hit.
        var reliability = Reliability.Of(
        [
            .. Enumerable.Range(0, 10).Select(index => new PublishedOutcome(0.2, index == 0)),
            .. Enumerable.Range(0, 10).Select(index => new PublishedOutcome(0.6, index < 6)),
        ])!;

        Assert.Equal((20, 0.35), (reliability.Count, reliability.HitShare));
        // (9 * 0.04 + 0.64 + 6 * 0.16 + 4 * 0.36) / 20
        Assert.Equal(0.17, reliability.Brier, 12);
        Assert.Equal(0.35 * 0.65, reliability.BrierOfShare, 12);
        Assert.Equal(20, reliability.Bins.Sum(bin => bin.Observed.Count));
        Assert.Null(Reliability.Of([]));
    }

    /// <summary>Brown, Cai and DasGupta (2001): Wilson's interval of 10 in 20, and what is known of the ends.</summary>
    [Fact]
    public void Shares_have_Wilsons_interval()
    {
        var half = ShareInterval.Of(10, 20);
        var none = ShareInterval.Of(0, 10);

        Assert.Equal((0.5, 0.2993, 0.7007), (half.Share!.Value, Math.Round(half.Low!.Value, 4), Math.Round(half.High!.Value, 4)));
        Assert.Equal((0.0, 0.2775), (none.Low!.Value, Math.Round(none.High!.Value, 4)));
        Assert.Null(ShareInterval.Of(0, 0).Share);
    }

    private static List<ScoredOutcome> Drawn(int count, Func<double, double> probability)
    {
        var random = new SeededRandom(7, "calibration");
        var outcomes = new List<ScoredOutcome>(count);
        for (var index = 0; index < count; index++)
        {
            var score = random.NextUniform();
            outcomes.Add(new ScoredOutcome(score, random.NextUniform() < probability(score)));
        }

        return outcomes;
    }
}
