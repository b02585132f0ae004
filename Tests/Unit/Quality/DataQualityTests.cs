using System.Globalization;
using Trading.Domain.Calendars;
using Trading.Domain.Market;
using Trading.Domain.Quality;

namespace Trading.Tests.Unit.Quality;

public sealed class DataQualityTests
{
    private static readonly Exchange _newYork = Exchange.All.Single(exchange => exchange.Code == "XNYS");

    // price-repair of yfinance (Apache-2.0, see the data's README): what a provider sent, and what it should have sent.
    [Fact]
    public void Pence_taken_for_pounds_are_a_unit_error_on_the_day_they_begin_and_on_the_day_they_end()
    {
        var bars = PriceRepair.Read("AET-L-1d-100x-error.csv");

        var findings = Inspect(bars, []).Where(finding => finding.Kind == FindingKind.UnitError).ToList();

        Assert.Equal([new(2022, 5, 9), new(2022, 5, 20)], findings.Select(finding => finding.First));
        Assert.Equal([100, 0.01], findings.Select(finding => Math.Round(finding.Ratio!.Value, 4)));
        Assert.DoesNotContain(
            Inspect(PriceRepair.Read("AET-L-1d-100x-error-fixed.csv"), []),
            finding => finding.Kind == FindingKind.UnitError);
    }

    [Fact]
    public void A_price_that_stands_still_without_volume_is_flat()
    {
        var flat = Inspect(PriceRepair.Read("AET-L-1d-100x-error.csv"), [])
            .Where(finding => finding.Kind == FindingKind.Flat).ToList();

        // From 9 to 17 May nobody traded, on the 18th somebody did; from 20 May on nobody again.
        Assert.Equal(
            [(new DateOnly(2022, 5, 9), new DateOnly(2022, 5, 17), 7), (new(2022, 5, 20), new(2022, 6, 6), 10)],
            flat.Select(finding => (finding.First, finding.Last, finding.Sessions)));
    }

    [Fact]
    public void A_split_that_the_prices_have_a_day_before_its_date_is_misdated()
    {
        CorporateAction[] split = [new(new DateOnly(2023, 3, 30), CorporateActionKind.Split, 5)];

        var finding = Assert.Single(Inspect(PriceRepair.Read("4063-T-1d-bad-stock-split.csv"), split));

        Assert.Equal((FindingKind.SplitMisdated, new DateOnly(2023, 3, 29)), (finding.Kind, finding.First));
        Assert.Empty(Inspect(PriceRepair.Read("4063-T-1d-bad-stock-split-fixed.csv"), split));
    }

    [Fact]
    public void A_split_that_nobody_knows_of_is_suspected() =>
        Assert.Equal(
            FindingKind.SplitSuspected,
            Assert.Single(Inspect(PriceRepair.Read("4063-T-1d-bad-stock-split.csv"), [])).Kind);

    [Theory]
    [InlineData(0.25, 4)]
    [InlineData(10, 0.1)]
    public void A_known_split_on_its_day_is_no_finding_whether_or_not_the_prices_have_it(double jump, double ratio)
    {
        CorporateAction[] split = [new(new DateOnly(2020, 1, 6), CorporateActionKind.Split, ratio)];
        var raw = Steps(50, bar => bar < 2 ? 100 : 100 * jump);
        var adjusted = Steps(50, _ => 100);

        Assert.Empty(Inspect(raw, split));
        Assert.Empty(Inspect(adjusted, split));
    }

    [Fact]
    public void One_close_that_the_next_takes_back_is_a_spike_and_found_once()
    {
        var finding = Assert.Single(Inspect(Steps(60, bar => bar == 30 ? 160 : 100), []));

        Assert.Equal((FindingKind.Spike, 1.6), (finding.Kind, Math.Round(finding.Ratio!.Value, 3)));
    }

    [Fact]
    public void A_fall_that_stays_is_an_outlier_where_the_price_is_calm_and_none_where_it_is_wild()
    {
        // Up and down by about a tenth each day: ten deviations are then more than the fall.
        double[] wave = [1, 1.1, 1, 0.9];
        var wild = Steps(60, bar => (bar < 30 ? 100 : 75) * wave[bar % wave.Length]);

        var finding = Assert.Single(Inspect(Steps(60, bar => bar < 30 ? 100 : 75), []));

        Assert.Equal((FindingKind.Outlier, 0.75), (finding.Kind, Math.Round(finding.Ratio!.Value, 2)));
        Assert.Empty(Inspect(wild, []));
    }

    [Fact]
    public void A_bar_of_a_day_without_a_session_is_told()
    {
        var bars = Steps(7, _ => 100).Append(new SessionPrice(new DateOnly(2020, 1, 11), 100, 100, 10)).ToArray();

        var finding = Assert.Single(Inspect(bars, []));

        Assert.Equal((FindingKind.OffCalendar, new DateOnly(2020, 1, 11)), (finding.Kind, finding.First));
    }

    [Fact]
    public void Nothing_is_found_without_bars() => Assert.Empty(Inspect([], []));

    // The data's README counts them: DHR and O lack 16 days, ES 10, ICE 5, BMY and ORCL 2.
    [Fact]
    public void The_holes_of_recorded_prices_are_found_as_counted_by_others()
    {
        string[] tickers = ["DHR", "O", "ES", "ICE", "BMY", "ORCL", "AAPL"];

        var missing = RecordedSessions.Read(tickers).ToDictionary(
            one => one.Key,
            one => Inspect(one.Value, []).Where(finding => finding.Kind == FindingKind.MissingSessions)
                .Sum(finding => finding.Sessions));

        Assert.Equal([16, 16, 10, 5, 2, 2, 0], tickers.Select(ticker => missing[ticker]));
    }

    private static SessionPrice[] Steps(int count, Func<int, double> price)
    {
        var dates = TradingCalendar.Of(_newYork).Sessions(new DateOnly(2020, 1, 2), new DateOnly(2020, 12, 31));
        return [.. dates[..count].ToArray().Select((date, bar) => new SessionPrice(date, price(bar), price(bar), 10))];
    }

    private static IReadOnlyList<Finding> Inspect(SessionPrice[] bars, CorporateAction[] actions)
    {
        // Files of other exchanges are held against their own dates: only what is between them is asked about.
        var sessions = bars.Length == 0 ? [] : bars[0].Session.Year is 2022 or 2023
            ? bars.Select(bar => bar.Session).ToArray()
            : TradingCalendar.Of(_newYork).Sessions(bars[0].Session, bars[^1].Session);
        return DataQuality.Inspect(bars, sessions, actions);
    }

    private static class PriceRepair
    {
        public static SessionPrice[] Read(string file) =>
        [
            .. File.ReadLines(SharedData.PathOf($"vectors/price-repair/{file}")).Skip(1)
                .Select(line => line.Split(',')).Select(cells => new SessionPrice(
                    DateOnly.Parse(cells[0].AsSpan(0, 10), CultureInfo.InvariantCulture),
                    Number(cells[1]), Number(cells[4]), Number(cells[6])))
                .OrderBy(bar => bar.Session),
        ];

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
