using Trading.Domain.Market;
using Trading.Domain.Signals;
using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Signals;

public sealed class AnomalyTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 21, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_return_beyond_four_robust_deviations_is_found()
    {
        // Returns of +1 % and -1 % in turn and a few of nothing: median 0, median distance 1 % of logarithms.
        var found = Find([.. Returns(70), 0.10, .. Returns(10)], []);

        var one = Assert.Single(found);
        Assert.Equal((AnomalyKind.PriceReturn, Start.AddDays(71)), (one.Kind, one.Time));
        Assert.Equal(0.10, one.Value, 10);
        // ln 1.1 over 1.4826 times the median distance, between ln 1.01 and -ln 0.99.
        Assert.InRange(one.Deviations, 0.0953 / (1.4827 * 0.01006), 0.0954 / (1.4826 * 0.00995));
    }

    [Fact]
    public void Three_deviations_are_none() => Assert.Empty(Find([.. Returns(70), 0.044, .. Returns(10)], []));

    [Fact]
    public void Volume_counts_by_its_logarithm_and_both_ways()
    {
        var volumes = Enumerable.Range(0, 100).Select(bar => bar switch
        {
            80 => 10_000.0,
            90 => 90.0,
            _ => bar % 2 == 0 ? 900.0 : 1100.0,
        });

        var found = Find(Returns(99), [.. volumes]);

        Assert.Equal([Start.AddDays(80), Start.AddDays(90)], found.Select(one => one.Time));
        Assert.All(found, one => Assert.Equal(AnomalyKind.Volume, one.Kind));
        Assert.True(found[0].Deviations > 4 && found[1].Deviations < -4);
    }

    [Fact]
    public void The_first_sixty_bars_and_flat_ones_have_none()
    {
        Assert.Empty(Find([.. Returns(40), 0.5, .. Returns(15)], []));
        Assert.Empty(Find([.. Enumerable.Repeat(0.0, 80), 0.5], []));
    }

    [Fact]
    public void Looked_at_in_pieces_the_same_are_found()
    {
        var history = Days.Of(4);
        var whole = AnomalyDetector.Find(history, 0);
        var pieces = AnomalyDetector.Find(history.Prefix(500), 0).Concat(AnomalyDetector.Find(history, 500));

        Assert.NotEmpty(whole);
        Assert.Equal(whole, pieces);
    }

    private static double[] Returns(int count) =>
        [.. Enumerable.Range(0, count).Select(bar => bar % 2 == 0 ? 0.01 : -0.01)];

    private static IReadOnlyList<Anomaly> Find(double[] returns, double[] volumes)
    {
        var price = 100.0;
        var bars = new List<Bar> { new(Start, price, price, price, price, 1000) };
        foreach (var change in returns)
        {
            price *= 1 + change;
            var volume = volumes.Length > 0 ? volumes[bars.Count] : 1000;
            bars.Add(new Bar(Start.AddDays(bars.Count), price, price, price, price, volume));
        }

        return AnomalyDetector.Find(PriceHistory.Of([.. bars]), 0);
    }
}
