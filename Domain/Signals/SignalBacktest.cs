using Trading.Domain.Market;

namespace Trading.Domain.Signals;

/// <summary>
/// Every trigger of a history followed to its end, whether or not another was active then; so what is known of the past
/// at a bar does not depend on where the following began.
/// </summary>
/// <param name="scores">The scores of the history.</param>
/// <param name="lapse">When a signal ends whose bars stay away, of the close of its bar; null for never.</param>
public sealed class SignalBacktest(SignalScores scores, Func<DateTime, DateTime>? lapse = null)
{
    /// <summary>Only signals of this many bars before one are looked at.</summary>
    public const int Bars = 350;

    private readonly Dictionary<int, SignalResolution?> _ends = [];

    /// <summary>What had ended by a bar, of the <see cref="Bars"/> before it.</summary>
    /// <param name="bar">The index of the bar.</param>
    public PastResults Before(int bar)
    {
        var until = scores.History.Times.Span[bar];
        var results = new List<double>();
        for (var made = Math.Max(1, bar - Bars); made < bar; made++)
        {
            if (scores.TriggerAt(made) is { } direction && scores.PlanAt(made, direction) is { } plan
                && EndOf(made, plan) is { R: { } r } end && end.Time <= until)
            {
                results.Add(r);
            }
        }

        return PastResults.Of(results);
    }

    internal static Bar BarAt(SignalScores scores, int bar)
    {
        var history = scores.History;
        return new Bar(
            history.Times.Span[bar],
            history.Open.Span[bar],
            history.High.Span[bar],
            history.Low.Span[bar],
            history.Close.Span[bar],
            history.Volume.Span[bar]);
    }

    private SignalResolution? EndOf(int made, SignalPlan plan)
    {
        if (!_ends.TryGetValue(made, out var end))
        {
            end = Follow(made, plan);
            _ends.Add(made, end);
        }

        return end;
    }

    private SignalResolution? Follow(int made, SignalPlan plan)
    {
        var life = new SignalLife(plan, lapse?.Invoke(scores.History.Times.Span[made]));
        for (var bar = made + 1; bar < scores.History.Count; bar++)
        {
            var end = life.Take(BarAt(scores, bar));
            if (end is null && scores.TriggerAt(bar) is { } other && other != plan.Direction)
            {
                end = life.TurnAround(scores.History.Times.Span[bar], scores.History.Close.Span[bar]);
            }

            if (end is not null)
            {
                return end;
            }
        }

        return null;
    }
}
