using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trading.Domain.Indicators;

/// <summary>Arithmetic of equally long spans, element by element; the result may be one of them.</summary>
internal static class Elementwise
{
    /// <summary>left - right.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right[..left.Length]);
        ref var c = ref MemoryMarshal.GetReference(result[..left.Length]);
        var index = 0;
        for (; index <= left.Length - Vector256<double>.Count; index += Vector256<double>.Count)
        {
            var at = (nuint)index;
            (Vector256.LoadUnsafe(ref a, at) - Vector256.LoadUnsafe(ref b, at)).StoreUnsafe(ref c, at);
        }

        for (; index < left.Length; index++)
        {
            result[index] = left[index] - right[index];
        }
    }

    /// <summary>As <see cref="HighLowClose.TrueRange"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void TrueRange(
        ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> closeBefore, Span<double> range)
    {
        ref var h = ref MemoryMarshal.GetReference(high[..range.Length]);
        ref var l = ref MemoryMarshal.GetReference(low[..range.Length]);
        ref var c = ref MemoryMarshal.GetReference(closeBefore[..range.Length]);
        ref var r = ref MemoryMarshal.GetReference(range);
        var index = 0;
        for (; index <= range.Length - Vector256<double>.Count; index += Vector256<double>.Count)
        {
            var at = (nuint)index;
            var before = Vector256.LoadUnsafe(ref c, at);
            var top = Vector256.Max(Vector256.LoadUnsafe(ref h, at), before);
            (top - Vector256.Min(Vector256.LoadUnsafe(ref l, at), before)).StoreUnsafe(ref r, at);
        }

        for (; index < range.Length; index++)
        {
            range[index] = new HighLowClose(high[index], low[index], 0).TrueRange(closeBefore[index]);
        }
    }
}
