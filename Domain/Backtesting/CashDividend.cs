using Trading.Domain.Market;

namespace Trading.Domain.Backtesting;

/// <summary>
/// Cash that is paid for each unit held since before the ex-date; who is short pays it.
/// </summary>
/// <param name="ExDate">The first session that trades without the right to it.</param>
/// <param name="Amount">Per unit that the prices are of: split-adjusted as they are, in the same currency.</param>
public readonly record struct CashDividend(DateOnly ExDate, decimal Amount)
{
    /// <summary>
    /// The dividends among corporate actions, per split-adjusted unit: an amount per share at its time is divided by
    /// the splits after it, as the prices are.
    /// </summary>
    /// <param name="actions">All actions of the instrument up to the last of its prices, in any order.</param>
    public static IReadOnlyList<CashDividend> Of(IEnumerable<CorporateAction> actions)
    {
        var known = actions.OrderBy(action => action.ExDate).ToArray();
        var dividends = new List<CashDividend>();
        var unitsPerShare = 1.0;
        for (var index = known.Length - 1; index >= 0;)
        {
            // A dividend on the day of a split is stated in new shares: the day's split does not count for it.
            var day = known[index].ExDate;
            var splits = 1.0;
            for (; index >= 0 && known[index].ExDate == day; index--)
            {
                if (known[index].Kind == CorporateActionKind.Dividend)
                {
                    dividends.Add(new(day, (decimal)(known[index].Value / unitsPerShare)));
                }
                else
                {
                    splits *= known[index].Value;
                }
            }

            unitsPerShare *= splits;
        }

        dividends.Reverse();
        return dividends;
    }
}
