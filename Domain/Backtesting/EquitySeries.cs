namespace Trading.Domain.Backtesting;

/// <summary>What the account was worth at the close of every bar, as columns of equal length, oldest first.</summary>
public sealed class EquitySeries
{
    internal EquitySeries(
        double initial,
        ReadOnlyMemory<DateTime> times,
        ReadOnlyMemory<double> equity,
        ReadOnlyMemory<double> invested) =>
        (Initial, Times, Equity, Invested) = (initial, times, equity, invested);

    /// <summary>The cash before the first bar.</summary>
    public double Initial { get; }

    /// <summary>When each bar closed, UTC: the union of the instruments' times.</summary>
    public ReadOnlyMemory<DateTime> Times { get; }

    /// <summary>Cash and positions at their last closes.</summary>
    public ReadOnlyMemory<double> Equity { get; }

    /// <summary>The value of all positions, those sold short counted as positive.</summary>
    public ReadOnlyMemory<double> Invested { get; }

    /// <summary>How many bars there are.</summary>
    public int Count => Times.Length;

    /// <summary>How far equity is below its highest so far, the initial cash included: negative fractions, or zero.
    /// </summary>
    public double[] Drawdown()
    {
        var drawdown = new double[Count];
        var peak = Initial;
        var equity = Equity.Span;
        for (var bar = 0; bar < drawdown.Length; bar++)
        {
            peak = Math.Max(peak, equity[bar]);
            drawdown[bar] = (equity[bar] / peak) - 1;
        }

        return drawdown;
    }

    /// <summary>Invested as a fraction of equity; zero where equity is not above zero.</summary>
    public double[] Exposure()
    {
        var exposure = new double[Count];
        var equity = Equity.Span;
        var invested = Invested.Span;
        for (var bar = 0; bar < exposure.Length; bar++)
        {
            exposure[bar] = equity[bar] > 0 ? invested[bar] / equity[bar] : 0;
        }

        return exposure;
    }
}
