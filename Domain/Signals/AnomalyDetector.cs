using Trading.Domain.Strategies;

namespace Trading.Domain.Signals;

/// <summary>
/// Finds bars whose return or volume is beyond 4 robust deviations: 1.4826 times the median distance from the median
/// (Hampel, 1974) of the 60 values before the bar, of logarithms. Undefined, and so never found, where more than half
/// of those are the same.
/// </summary>
public static class AnomalyDetector
{
    /// <summary>Bars compared with.</summary>
    public const int Window = 60;

    /// <summary>Robust deviations beyond which a value is an anomaly.</summary>
    public const double Limit = 4;

    /// <summary>Makes the median distance of normal values their standard deviation.</summary>
    private const double NormalScale = 1.482602218505602;

    /// <summary>Finds the anomalies of a history from a bar on.</summary>
    /// <param name="history">The prices of one instrument.</param>
    /// <param name="first">The index of the first bar that is looked at.</param>
    public static IReadOnlyList<Anomaly> Find(PriceHistory history, int first)
    {
        ArgumentNullException.ThrowIfNull(history);
        var found = new List<Anomaly>();
        var (returns, volumes) = (new SortedWindow(Window), new SortedWindow(Window));
        var close = history.Close.Span;
        var volume = history.Volume.Span;
        var times = history.Times.Span;
        for (var bar = Math.Max(1, first - Window); bar < history.Count; bar++)
        {
            var change = Math.Log(close[bar] / close[bar - 1]);
            var traded = Math.Log(volume[bar]);
            if (bar >= first && Deviations(returns, change) is { } far)
            {
                found.Add(new(
                    times[bar], AnomalyKind.PriceReturn, Math.Exp(change) - 1, Math.Exp(returns.Median) - 1, far));
            }

            if (bar >= first && Deviations(volumes, traded) is { } many)
            {
                found.Add(new(times[bar], AnomalyKind.Volume, volume[bar], Math.Exp(volumes.Median), many));
            }

            returns.Add(change);
            volumes.Add(traded);
        }

        return found;
    }

    private static double? Deviations(SortedWindow before, double value)
    {
        var deviation = before.IsFull ? NormalScale * before.MedianDistance() : double.NaN;
        var deviations = deviation > 0 ? (value - before.Median) / deviation : double.NaN;
        return double.IsFinite(deviations) && Math.Abs(deviations) > Limit ? deviations : null;
    }
}
