using System.Buffers;
using Trading.Domain.Indicators;
using Trading.Domain.Strategies;

namespace Trading.Benchmarks.Backtests;

/// <summary>Long while the faster of two means is above the slower, as vectorbt's figure was measured.</summary>
internal sealed class MovingAverageCross : ITradingStrategy
{
    public string Name => "cross by hand";

    public IReadOnlyList<StrategyParameter> Parameters { get; } =
    [
        new("fast", 10, 1, 1000, true),
        new("slow", 30, 1, 1000, true),
    ];

    public int WarmUp(ReadOnlySpan<double> arguments) => (int)arguments[1];

    public StrategyDecisions Decide(
        PriceHistory history, ReadOnlySpan<double> arguments, CancellationToken cancellationToken)
    {
        var bars = history.Count;
        var rented = ArrayPool<double>.Shared.Rent(2 * bars);
        var fast = rented.AsSpan(0, bars);
        var slow = rented.AsSpan(bars, bars);
        Sma.Compute(history.Close.Span, (int)arguments[0], fast);
        Sma.Compute(history.Close.Span, (int)arguments[1], slow);
        var actions = new StrategyAction[bars];
        // Without a mean nothing is above: the first cross needs both.
        var before = double.IsNaN(slow[0]) || double.IsNaN(fast[0]) ? 0 : Math.Sign(fast[0] - slow[0]);
        for (var bar = 1; bar < bars; bar++)
        {
            var now = fast[bar] > slow[bar] ? 1 : fast[bar] < slow[bar] ? -1 : 0;
            if (now != before && now != 0)
            {
                actions[bar] = now > 0 && before < 0 ? StrategyAction.EnterLong
                    : now < 0 && before > 0 ? StrategyAction.ExitLong : StrategyAction.None;
                before = now;
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        return new() { Actions = actions };
    }
}
