using Trading.Domain.Calendars;

namespace Trading.Domain.Market;

/// <summary>
/// Daily bars of an invented market. A company's return is its beta times the market's, plus its sector's, plus its own
/// with occasional shocks, and a slow pull back to a growing fair price, so that no path runs away over the years.
/// </summary>
/// <remarks>
/// Every path starts at <see cref="Epoch"/> and draws the same numbers for the same session, so that the bars of a date
/// are the same bit for bit for a seed, whichever range is asked for and whenever. Prices move on every weekday; on
/// holidays of its exchange a company has no bar.
/// </remarks>
public sealed class SyntheticMarket
{
    private const double LargestReturn = 0.3;
    private const double YearlyGrowth = 0.06;
    private const double SessionsPerYear = 261;
    private const double PullPerSession = 0.002;

    private readonly long _seed;
    private readonly SyntheticFactor _market;
    private readonly Dictionary<string, SyntheticFactor> _sectors;
    private readonly List<DateOnly> _sessions;

    /// <summary>Lays out the common factors of the market.</summary>
    /// <param name="seed">Fixes every number.</param>
    /// <param name="last">The last session that bars will be asked for.</param>
    public SyntheticMarket(long seed, DateOnly last)
    {
        _seed = seed;
        _sessions = [.. SessionsUntil(last)];
        _market = new SyntheticFactor(seed, "market", 0.009, _sessions.Count);
        _sectors = SyntheticCompanies.All.Select(company => company.Sector).Distinct()
            .ToDictionary(sector => sector, sector => new SyntheticFactor(seed, sector, 0.005, _sessions.Count));
    }

    /// <summary>The first session of every path.</summary>
    public static DateOnly Epoch { get; } = new(2015, 1, 1);

    /// <summary>
    /// The bars of a company from a date to the last session, in order of time; times are its exchange's closes.
    /// </summary>
    /// <param name="company">One of <see cref="SyntheticCompanies.All"/>.</param>
    /// <param name="from">The first session wanted; nothing is before <see cref="Epoch"/>.</param>
    public IReadOnlyList<Bar> Bars(SyntheticCompany company, DateOnly from)
    {
        var bars = new List<Bar>();
        var random = new SeededRandom(_seed, company.Ticker);
        var traits = SyntheticTraits.Draw(ref random, company);
        var sector = _sectors[company.Sector];
        var calendar = TradingCalendar.Of(company.Exchange);
        var (price, fair) = (traits.FirstPrice, traits.FirstPrice);
        for (var i = 0; i < _sessions.Count; i++)
        {
            var pull = PullPerSession * (fair - price) / (fair + price) * 2;
            var change = (traits.Beta * _market[i]) + sector[i] + OwnReturn(ref random, traits.Volatility) + pull;
            change = Math.Clamp(change + (YearlyGrowth / SessionsPerYear), -LargestReturn, LargestReturn);
            var bar = SyntheticBar.Draw(ref random, traits, price, change);
            price *= 1 + change;
            fair *= 1 + (YearlyGrowth / SessionsPerYear);
            if (_sessions[i] >= from && calendar.IsSession(_sessions[i]))
            {
                bars.Add(bar with { Time = calendar.CloseOf(_sessions[i]) });
            }
        }

        return bars;
    }

    // Few days are wild and most are calm: kurtosis above the normal distribution's, as in real returns.
    private static double OwnReturn(ref SeededRandom random, double volatility)
    {
        var shock = random.NextUniform() < 0.03 ? 2.6 : 0.87;
        return volatility * shock * random.NextNormal();
    }

    private static IEnumerable<DateOnly> SessionsUntil(DateOnly last)
    {
        for (var session = Epoch; session <= last; session = session.AddDays(1))
        {
            if (session.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                yield return session;
            }
        }
    }
}
