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
        // The first cross needs both means before it.
        var first = (int)Math.Max(arguments[0], arguments[1]) - 1;
        var before = first < bars && fast[first] > slow[first];
        for (var bar = first + 1; bar < bars; bar++)
        {
            var now = fast[bar] > slow[bar];
            if (now != before)
            {
                actions[bar] = now ? StrategyAction.EnterLong : StrategyAction.ExitLong;
                before = now;
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        return new() { Actions = actions };
    }
}
