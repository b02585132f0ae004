using Trading.Domain.Market;

namespace Trading.Domain.Risk;

/// <summary>The returns of calendar months.</summary>
public static class MonthlyTable
{
    /// <summary>The return of each month with days, oldest first.</summary>
    /// <param name="initial">What the account was worth before the first day.</param>
    /// <param name="daily">The account by days.</param>
    public static IReadOnlyList<MonthlyReturn> Of(double initial, DailyEquity daily)
    {
        var months = new List<MonthlyReturn>();
        var times = daily.Times;
        var equity = daily.Equity;
        var before = initial;
        for (var day = 0; day < times.Length; day++)
        {
            var date = BarDay.Of(times[day]);
            if (day + 1 < times.Length && BarDay.Of(times[day + 1]) is var next
                && (next.Year, next.Month) == (date.Year, date.Month))
            {
                continue;
            }

            months.Add(new(date.Year, date.Month, before > 0 ? (equity[day] / before) - 1 : 0));
            before = equity[day];
        }

        return months;
    }
}
