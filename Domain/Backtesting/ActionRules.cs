using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting;

/// <summary>What a strategy's actions mean for a position. Entries to both sides at once mean nothing.</summary>
internal readonly struct ActionRules(bool allowShort)
{
    private const StrategyAction BothEntries = StrategyAction.EnterLong | StrategyAction.EnterShort;

    /// <summary>The actions that can matter in a position.</summary>
    public StrategyAction Mattering(int direction) => direction switch
    {
        > 0 => StrategyAction.ExitLong | StrategyAction.EnterShort,
        < 0 => StrategyAction.ExitShort | StrategyAction.EnterLong,
        _ => allowShort ? BothEntries : StrategyAction.EnterLong,
    };

    /// <summary>The side to enter, 0 for none, and whether to leave the position.</summary>
    public (bool Leaves, int Enters) Resolve(StrategyAction action, int direction)
    {
        var entries = action & BothEntries;
        var side = entries == StrategyAction.EnterLong ? 1 : entries == StrategyAction.EnterShort ? -1 : 0;
        var enters = side < 0 && !allowShort ? 0 : side;
        return direction switch
        {
            0 => (false, enters),
            > 0 => (side < 0 || (action & StrategyAction.ExitLong) != 0, enters < 0 ? enters : 0),
            _ => (side > 0 || (action & StrategyAction.ExitShort) != 0, enters > 0 ? enters : 0),
        };
    }

    /// <summary>The first bar from one on whose action is acted upon; the length where there is none.</summary>
    public int Next(ReadOnlySpan<StrategyAction> actions, int from, int direction)
    {
        var mask = Mattering(direction);
        for (var bar = Scan(actions, from, mask); bar < actions.Length; bar = Scan(actions, bar + 1, mask))
        {
            var (leaves, enters) = Resolve(actions[bar], direction);
            if (leaves || enters != 0)
            {
                return bar;
            }
        }

        return actions.Length;
    }

    private static int Scan(ReadOnlySpan<StrategyAction> actions, int from, StrategyAction mask)
    {
        var bytes = MemoryMarshal.Cast<StrategyAction, byte>(actions);
        var wanted = Vector256.Create((byte)mask);
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var bar = from;
        for (; bar <= bytes.Length - Vector256<byte>.Count; bar += Vector256<byte>.Count)
        {
            var set = Vector256.LoadUnsafe(ref first, (nuint)bar) & wanted;
            if (set != Vector256<byte>.Zero)
            {
                var none = Vector256.Equals(set, Vector256<byte>.Zero).ExtractMostSignificantBits();
                return bar + System.Numerics.BitOperations.TrailingZeroCount(~none);
            }
        }

        for (; bar < bytes.Length && (actions[bar] & mask) == 0; bar++)
        {
        }

        return bar;
    }
}
