using Trading.Domain.Market;

namespace Trading.Domain.CorporateActions;

/// <summary>What came of trades in one instrument, with its splits and dividends.</summary>
/// <param name="Held">Shares that are left, in units of now.</param>
/// <param name="Realised">Gains and losses of what was sold, after fees, first bought first sold.</param>
/// <param name="Dividends">Cash that was paid on shares held.</param>
public sealed record ShareAccount(ShareLots Held, decimal Realised, decimal Dividends)
{
    private static readonly ShareAccount _empty = new(ShareLots.None, 0, 0);

    /// <summary>
    /// Goes through trades and actions by date. Actions come before the trades of their ex-date: who buys then has no
    /// right to the dividend any more, and pays the price after the split. What was sold before a split is not touched.
    /// Parts of shares that a split makes are kept: what is paid for them instead is a sale.
    /// </summary>
    /// <param name="trades">By date; of one date in the order they were made.</param>
    /// <param name="actions">In any order; one of a kind on a date.</param>
    /// <param name="until">Actions after this date are left out.</param>
    /// <exception cref="ArgumentException">The trades are not in order, or sell what is not held.</exception>
    public static ShareAccount Replay(
        IEnumerable<ShareTrade> trades, IEnumerable<CorporateAction> actions, DateOnly until)
    {
        var pending = new Queue<CorporateAction>(actions.Where(action => action.ExDate <= until)
            .OrderBy(action => action.ExDate).ThenBy(action => action.Kind));
        var (account, last) = (_empty, DateOnly.MinValue);
        foreach (var trade in trades)
        {
            if (trade.Date < last)
            {
                throw new ArgumentException($"The trade of {trade.Date:O} comes after one of {last:O}.", nameof(trades));
            }

            last = trade.Date;
            account = account.Through(pending, last).Trade(trade);
        }

        return account.Through(pending, until);
    }

    private ShareAccount Through(Queue<CorporateAction> pending, DateOnly date)
    {
        var account = this;
        while (pending.TryPeek(out var action) && action.ExDate <= date)
        {
            account = account.Take(pending.Dequeue());
        }

        return account;
    }

    private ShareAccount Take(CorporateAction action)
    {
        if (action.Kind == CorporateActionKind.Dividend)
        {
            return this with { Dividends = Dividends + (Held.Quantity * (decimal)action.Value) };
        }

        return this with { Held = Held.Split(SplitRatio.Of(action.Value)) };
    }

    private ShareAccount Trade(ShareTrade trade)
    {
        if (trade.Quantity >= 0)
        {
            return this with { Held = Held.Buy(trade.Date, trade.Quantity, (trade.Quantity * trade.Price) + trade.Fee) };
        }

        var sold = -trade.Quantity;
        if (sold > Held.Quantity)
        {
            throw new ArgumentException($"{sold} were sold on {trade.Date:O}, and {Held.Quantity} held.");
        }

        var held = Held.Sell(sold, out var cost);
        return this with { Held = held, Realised = Realised + (sold * trade.Price) - trade.Fee - cost };
    }
}
