namespace Trading.Domain.Currencies;

/// <summary>An amount in another currency, and what it was converted by.</summary>
/// <param name="Amount">The amount, not rounded.</param>
/// <param name="Rate">Units of the target for one unit of the source, pence and the like included.</param>
/// <param name="From">The source's rate against the euro.</param>
/// <param name="To">The target's rate against the euro.</param>
public readonly record struct ConvertedAmount(decimal Amount, decimal Rate, CarriedRate From, CarriedRate To)
{
    /// <summary>The older of the days of the two rates.</summary>
    public DateOnly RateDate => From.Days > To.Days ? From.Rate.Date : To.Rate.Date;

    /// <summary>True where a rate of an earlier day stands for one that is missing.</summary>
    public bool IsCarried => From.Days > 0 || To.Days > 0;
}
