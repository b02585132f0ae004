namespace Trading.Domain.Backtesting;

/// <summary>How a backtest is run and judged; the same for every instrument of the account.</summary>
public sealed record BacktestSettings
{
    /// <summary>What the account starts with, in its currency; above zero.</summary>
    public decimal InitialCash { get; init; } = 100_000;

    /// <summary>Fees, slippage and the cost of borrowing.</summary>
    public TradingCosts Costs { get; init; } = new();

    /// <summary>False where nothing may be sold short: an entry to the short side then only closes a long position.
    /// </summary>
    public bool AllowShort { get; init; } = true;

    /// <summary>
    /// The first bar that counts is the first that closed at this time or later; the bars before it only warm up
    /// indicators. Null for all bars.
    /// </summary>
    public DateTime? From { get; init; }

    /// <summary>Where positions that are open at the end are closed.</summary>
    public LastBarFill LastBar { get; init; } = LastBarFill.Close;

    /// <summary>The risk-free rate a year, 0.02 for 2 %; a day's is this over <see cref="PeriodsPerYear"/>.</summary>
    public double RiskFreeRate { get; init; }

    /// <summary>Returns a year, as many as there are days of trading: 365 where a coin is among the instruments, else
    /// 252.</summary>
    public int PeriodsPerYear { get; init; } = 252;

    /// <summary>How often the returns are drawn anew for the confidence intervals; 0 for no intervals.</summary>
    public int BootstrapSamples { get; init; } = 1000;

    /// <summary>What fixes the random numbers.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">One of them is not allowed; the message says which.</exception>
    public void Validate()
    {
        Require(InitialCash > 0, "InitialCash must be above 0.");
        Require(Costs.FeeRate is >= 0 and < 1, "FeeRate must be from 0 to below 1.");
        Require(Costs.FeePerOrder >= 0, "FeePerOrder must not be negative.");
        Require(Costs.SlippageRate is >= 0 and < 1, "SlippageRate must be from 0 to below 1.");
        Require(Costs.BorrowRate is >= 0 and <= 10, "BorrowRate must be from 0 to 10.");
        Require(Math.Abs(RiskFreeRate) < 1, "RiskFreeRate must be between -1 and 1.");
        Require(PeriodsPerYear is > 0 and <= 366, "PeriodsPerYear must be from 1 to 366.");
        Require(BootstrapSamples is 0 or (>= 100 and <= 100_000), "BootstrapSamples must be 0, or 100 to 100,000.");
    }

    private static void Require(bool isAllowed, string message)
    {
        if (!isAllowed)
        {
            throw new ArgumentException(message);
        }
    }
}
