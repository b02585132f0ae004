using static Trading.Domain.Risk.MetricUnit;

namespace Trading.Domain.Risk;

/// <summary>
/// What every figure of a report means: one definition each, for documents, for the API and for pages. Named as the
/// properties of <see cref="PerformanceMetrics"/>, <see cref="TradeMetrics"/> and <see cref="BenchmarkComparison"/>
/// are in JSON; what the latter says of the benchmark alone starts with <c>benchmark_</c>.
/// </summary>
public static class MetricDefinitions
{
    private const string Daily = "Daily returns are simple, between the last closes of calendar days (UTC) with "
        + "bars; a bar that closes at midnight is of the day that ends then.";

    /// <summary>Those of <see cref="PerformanceMetrics"/>.</summary>
    public static IReadOnlyList<MetricDefinition> Performance { get; } =
    [
        new("from", "From", Time, "The close of the first bar."),
        new("to", "To", Time, "The close of the last bar."),
        new("days", "Days", Count, "Calendar days (UTC) with bars; each has one return, the first over the cash."),
        new("initial_equity", "Initial equity", Currency, "The cash before the first bar."),
        new("final_equity", "Final equity", Currency, "Cash and positions at the close of the last bar."),
        new("peak_equity", "Peak equity", Currency, "The highest equity at the close of a bar, or the initial one."),
        new("total_return", "Total return", Fraction, "final equity / initial equity - 1."),
        new("cagr", "CAGR", Fraction, "(final / initial)^(365 / actual days from the first bar to the last) - 1; "
            + "undefined within one day, and when nothing is left."),
        new("volatility", "Volatility", Fraction, "Sample standard deviation (n - 1) of daily returns x sqrt(periods "
            + "a year: 365 with a coin among the instruments, else 252). " + Daily),
        new("sharpe", "Sharpe ratio", Number, "mean(daily excess return) / sample standard deviation of it x "
            + "sqrt(periods a year); excess over the risk-free rate / periods a year. Undefined without variation."),
        new("risk_free_rate", "Risk-free rate", Fraction, "The rate a year that excess returns are over; 0 unless "
            + "set."),
        new("sortino", "Sortino ratio", Number, "mean(daily excess return) / sqrt(sum(min(excess, 0)^2) / N) x "
            + "sqrt(periods a year), N = all days. Undefined without a day below the risk-free rate."),
        new("max_drawdown", "Maximum drawdown", Fraction, "The most negative equity / highest equity so far - 1, at "
            + "the closes of bars; the initial cash is the first peak."),
        new("calmar", "Calmar ratio", Number, "CAGR / |maximum drawdown|; undefined without a drawdown."),
        new("value_at_risk95", "Value at risk, 95 %", Fraction, "The 5 % quantile of daily returns, linear between "
            + "neighbours (historical)."),
        new("conditional_value_at_risk95", "Conditional value at risk, 95 %", Fraction, "The mean of the daily returns "
            + "at or below the value at risk."),
        new("skewness", "Skewness", Number, "Third central moment of daily returns / population standard deviation^3."),
        new("kurtosis", "Kurtosis", Number, "Fourth central moment / population variance^2; a normal distribution "
            + "has 3."),
        new("probabilistic_sharpe", "Probabilistic Sharpe ratio", Fraction, "Bailey and Lopez de Prado (2012): "
            + "Phi(SR sqrt(n - 1) / sqrt(1 - skewness SR + (kurtosis - 1) / 4 SR^2)), SR per day: the probability "
            + "that the true Sharpe ratio is above 0."),
        new("positive_days", "Positive days", Fraction, "Days with a return above 0 / all days."),
        new("best_day", "Best day", Fraction, "The highest daily return."),
        new("worst_day", "Worst day", Fraction, "The lowest daily return."),
        new("time_in_market", "Time in market", Fraction, "Bars at whose close something is held / all bars."),
        new("average_exposure", "Average exposure", Fraction, "The mean of |positions| / equity at the last closes of "
            + "days."),
        new("turnover", "Turnover", Number, "Value of all fills / mean daily equity x 365 / actual days."),
    ];

    /// <summary>Those of <see cref="TradeMetrics"/>.</summary>
    public static IReadOnlyList<MetricDefinition> Trades { get; } =
    [
        new("trades", "Trades", Count, "Closed trades; those that the end closed among them."),
        new("wins", "Wins", Count, "Trades with a profit above 0 after fees, borrowing and dividends."),
        new("losses", "Losses", Count, "Trades with a profit below 0."),
        new("win_rate", "Win rate", Fraction, "wins / trades; breaking even is no win. Undefined without trades."),
        new("net_profit", "Net profit", Currency, "The sum of all trades' profits."),
        new("gross_profit", "Gross profit", Currency, "The sum of profits above 0."),
        new("gross_loss", "Gross loss", Currency, "The sum of profits below 0."),
        new("profit_factor", "Profit factor", Number, "gross profit / |gross loss|; undefined without losses."),
        new("expectancy", "Expectancy", Currency, "The mean profit of a closed trade."),
        new("expectancy_r", "Expectancy in R", Number, "The mean of profit / (units x distance of entry and stop), of "
            + "trades with a stop."),
        new("average_win", "Average win", Currency, "gross profit / wins."),
        new("average_loss", "Average loss", Currency, "gross loss / losses."),
        new("largest_win", "Largest win", Currency, "The highest profit above 0."),
        new("largest_loss", "Largest loss", Currency, "The lowest profit below 0."),
        new("longest_winning_run", "Longest winning run", Count, "The most wins in a row, by exit."),
        new("longest_losing_run", "Longest losing run", Count, "The most losses in a row, by exit."),
        new("best_return", "Best trade", Fraction, "The highest profit / value at entry."),
        new("worst_return", "Worst trade", Fraction, "The lowest profit / value at entry."),
        new("average_bars_held", "Average holding", Number, "The mean number of bars from entry to exit."),
        new("average_adverse_excursion", "Average MAE", Currency, "The mean of the most that a trade was behind its "
            + "entry price while held."),
        new("average_favourable_excursion", "Average MFE", Currency, "The mean of the most that a trade was ahead."),
        new("fees", "Fees", Currency, "The fees of all fills."),
    ];

    /// <summary>Those of <see cref="BenchmarkComparison"/>.</summary>
    public static IReadOnlyList<MetricDefinition> Benchmark { get; } =
    [
        new("benchmark_total_return", "Benchmark: total return", Fraction, "last close / first close - 1, dividends "
            + "kept as cash, without costs."),
        new("benchmark_cagr", "Benchmark: CAGR", Fraction, "As the account's, of the benchmark."),
        new("benchmark_volatility", "Benchmark: volatility", Fraction, "As the account's, of the benchmark."),
        new("benchmark_sharpe", "Benchmark: Sharpe ratio", Number, "As the account's, of the benchmark."),
        new("benchmark_max_drawdown", "Benchmark: maximum drawdown", Fraction, "As the account's, of the benchmark."),
        new("excess_return", "Excess return", Fraction, "The account's total return - the benchmark's."),
        new("beta", "Beta", Number, "The slope of an ordinary least squares fit of the account's daily excess returns "
            + "on the benchmark's. Undefined where the benchmark does not vary."),
        new("alpha", "Alpha", Fraction, "The intercept of the same fit x periods a year."),
        new("correlation", "Correlation", Number, "Pearson's, of daily returns."),
        new("up_capture", "Up capture", Number, "mean daily return of the account / of the benchmark, on days on which "
            + "the benchmark gained."),
        new("down_capture", "Down capture", Number, "The same on days on which the benchmark lost."),
    ];

    /// <summary>Those of parameter sweeps.</summary>
    public static IReadOnlyList<MetricDefinition> Sweeps { get; } =
    [
        new("trial_count", "Trials", Count, "Combinations of parameters that were tried; the more, the higher the best "
            + "of them by luck alone."),
        new("deflated_sharpe", "Deflated Sharpe ratio", Fraction, "Bailey and Lopez de Prado (2014): the probabilistic "
            + "Sharpe ratio against the highest Sharpe ratio expected of as many trials without skill, "
            + "sqrt(V) ((1 - g) Z(1 - 1/N) + g Z(1 - 1/(N e))), V = variance of the trials' Sharpe ratios, "
            + "g = 0.5772. Undefined below two trials."),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } = [.. Performance, .. Trades, .. Benchmark, .. Sweeps];
}
