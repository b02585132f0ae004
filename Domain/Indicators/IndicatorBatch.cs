using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trading.Domain.Indicators;

/// <summary>
/// The batch form. A bar with a value that is not finite gives NaN and ends the history: the indicator starts anew with
/// the bar after it.
/// </summary>
internal static class IndicatorBatch
{
    /// <summary>Bars that are looked at and computed at a time, so that they stay in the nearest cache.</summary>
    public const int Tile = 256;

    private const int OnStack = 256;

    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Run<TCore, TInput, TOutput>(TCore core, InputColumns inputs, OutputColumns outputs)
        where TCore : unmanaged, IIndicatorCore<TCore, TInput, TOutput>
        where TInput : unmanaged
        where TOutput : unmanaged
    {
        outputs.CheckAgainst(inputs);
        TCore.Compute(core, inputs, outputs);
    }

    /// <summary>Bar by bar, as the streaming form.</summary>
    public static void Loop<TCore, TInput, TOutput>(TCore core, InputColumns inputs, OutputColumns outputs)
        where TCore : unmanaged, IIndicatorCore<TCore, TInput, TOutput>
        where TInput : unmanaged
        where TOutput : unmanaged
    {
        var length = core.WindowLength;
        var rented = length > OnStack ? ArrayPool<double>.Shared.Rent(length) : null;
        var window = rented is null ? stackalloc double[length] : rented.AsSpan(0, length);
        var start = core;
        for (var bar = 0; bar < inputs.Length; bar++)
        {
            var input = inputs.Read<TInput>(bar);
            if (IsComplete(in input))
            {
                outputs.Write(bar, core.Update(input, window));
            }
            else
            {
                outputs.Clear(bar);
                core = start;
            }
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// Tile by tile, for cores that have a faster way through many complete bars than one after the other.
    /// </summary>
    public static void Tiles<TKernel>(
        ref TKernel kernel, InputColumns inputs, OutputColumns outputs, int length = Tile, int lead = 0)
        where TKernel : struct, ITileKernel, allows ref struct
    {
        kernel.Restart(0);
        var ahead = lead;
        for (var from = 0; from < inputs.Length;)
        {
            var to = Math.Min(from + ahead + length, inputs.Length);
            ahead = 0;
            var end = FirstIncomplete(inputs, from, to);
            if (end > from)
            {
                kernel.Run(from, end);
            }

            if (end < to)
            {
                outputs.Clear(end);
                kernel.Restart(++end);
                ahead = lead;
            }

            from = end;
        }
    }

    /// <summary>True where every double of the input is finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsComplete<TInput>(ref readonly TInput input)
        where TInput : unmanaged
    {
        ref var field = ref Unsafe.As<TInput, double>(ref Unsafe.AsRef(in input));
        var sum = field - field;
        for (var index = 1; index < Unsafe.SizeOf<TInput>() / sizeof(double); index++)
        {
            var value = Unsafe.Add(ref field, index);
            sum += value - value;
        }

        return sum == 0;
    }

    private static int FirstIncomplete(InputColumns inputs, int from, int to)
    {
        var first = to;
        for (var column = 0; column < inputs.Count; column++)
        {
            first = from + FirstIncomplete(inputs[column][from..first]);
        }

        return first;
    }

    private static int FirstIncomplete(ReadOnlySpan<double> values)
    {
        ref var start = ref MemoryMarshal.GetReference(values);
        var index = 0;
        // What is finite leaves zero when taken from itself, all else NaN.
        var (left, left2) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (; index <= values.Length - (2 * Vector256<double>.Count); index += 2 * Vector256<double>.Count)
        {
            var value = Vector256.LoadUnsafe(ref start, (nuint)index);
            var value2 = Vector256.LoadUnsafe(ref start, (nuint)(index + Vector256<double>.Count));
            left |= value - value;
            left2 |= value2 - value2;
        }

        if ((left | left2) != Vector256<double>.Zero)
        {
            index = 0;
        }

        while (index < values.Length && double.IsFinite(values[index]))
        {
            index++;
        }

        return index;
    }
}
