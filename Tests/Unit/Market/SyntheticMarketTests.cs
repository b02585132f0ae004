using Trading.Domain.Market;

namespace Trading.Tests.Unit.Market;

public sealed class SyntheticMarketTests
{
    private static readonly DateOnly From = new(2021, 3, 1);
    private static readonly DateOnly Last = new(2026, 2, 27);

    [Fact]
    public void There_are_120_companies_of_many_sectors_countries_and_currencies()
    {
        var companies = SyntheticCompanies.All;

        Assert.Equal(120, companies.Count);
        Assert.Equal(120, companies.Select(company => company.Name).Distinct().Count());
        Assert.Equal(11, companies.Select(company => company.Sector).Distinct().Count());
        Assert.Equal(6, companies.Select(company => company.Exchange.Country).Distinct().Count());
        Assert.Equal(6, companies.Select(company => company.Exchange.Currency).Distinct().Count());
    }

    [Fact]
    public void Every_ticker_is_unique_valid_and_tells_that_it_is_invented()
    {
        var tickers = SyntheticCompanies.All.Select(company => company.Ticker).ToList();

        Assert.Equal(tickers.Count, tickers.Distinct().Count());
        Assert.All(tickers, ticker =>
        {
            Assert.True(Ticker.TryNormalize(ticker, out var normal) && normal == ticker);
            Assert.EndsWith(".SY", ticker, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_date_has_the_same_bar_whenever_and_from_wherever_it_is_asked_for()
    {
        var company = SyntheticCompanies.All[17];
        var now = new SyntheticMarket(1, Last).Bars(company, From);
        var aYearLater = new SyntheticMarket(1, Last.AddYears(1)).Bars(company, From.AddYears(1));

        var common = now.Where(bar => bar.Time >= aYearLater[0].Time).ToList();
        Assert.Equal(common, aYearLater.Take(common.Count));
        Assert.NotEqual(now, new SyntheticMarket(2, Last).Bars(company, From));
    }

    [Fact]
    public void Every_bar_passes_the_rules_of_an_import()
    {
        var market = new SyntheticMarket(1, Last);
        foreach (var company in SyntheticCompanies.All)
        {
            var guard = new JumpGuard([]);
            var bars = market.Bars(company, From);

            Assert.All(bars, bar => Assert.Null(BarQuality.Check(bar)));
            Assert.All(bars, bar => Assert.Null(guard.Check(company.Exchange.DateAt(bar.Time), bar.Close)));
        }
    }

    [Fact]
    public void Bars_are_those_of_the_sessions_at_the_exchanges_close()
    {
        var company = SyntheticCompanies.All[0];
        var bars = new SyntheticMarket(1, Last).Bars(company, From);

        // Weeks from Monday 2021-03-01 to Friday 2026-02-27: 261 of five weekdays, less 49 holidays of New York.
        Assert.Equal((261 * 5) - 49, bars.Count);
        Assert.Equal(company.Exchange.CloseOf(From), bars[0].Time);
        Assert.Equal(company.Exchange.CloseOf(Last), bars[^1].Time);
    }

    // Ranges of large shares, as Cont, "Empirical properties of asset returns" (2001), describes them.
    [Fact]
    public void Returns_look_like_those_of_shares()
    {
        var market = new SyntheticMarket(1, Last);
        var returns = SyntheticCompanies.All.Select(company => Returns(market.Bars(company, From))).ToList();

        Assert.All(returns, series => Assert.InRange(Deviation(series) * Math.Sqrt(261), 0.12, 0.6));
        Assert.InRange(returns.Average(Kurtosis), 3.5, 8);
        Assert.InRange(Correlation(returns[0], returns[11]), 0.15, 0.8);
    }

    private static double[] Returns(IReadOnlyList<Bar> bars) =>
        [.. bars.Zip(bars.Skip(1), (before, bar) => (bar.Close / before.Close) - 1)];

    private static double Deviation(double[] values) => Math.Sqrt(Moment(values, 2));

    private static double Kurtosis(double[] values) => Moment(values, 4) / Math.Pow(Moment(values, 2), 2);

    private static double Moment(double[] values, int order)
    {
        var mean = values.Average();
        return values.Average(value => Math.Pow(value - mean, order));
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Average() / (Deviation(a) * Deviation(b));
    }
}
