using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trading.Domain.Indicators;

/// <summary>Arithmetic of equally long spans, element by element; the result may be one of them.</summary>
internal static class Elementwise
{
    /// <summary>left - right.</summary>
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
}
