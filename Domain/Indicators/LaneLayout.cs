using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trading.Domain.Indicators;

/// <summary>
/// Four series one after the other, and the same with their values in turn, so that a vector holds one of each.
/// </summary>
internal static class LaneLayout
{
    public const int Lanes = 4;

    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>From one after the other to in turn.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Interleave(ReadOnlySpan<double> series, Span<double> turns)
    {
        var length = series.Length / Lanes;
        ref var from = ref MemoryMarshal.GetReference(series);
        ref var to = ref MemoryMarshal.GetReference(turns[..series.Length]);
        var row = 0;
        for (; row <= length - Lanes; row += Lanes)
        {
            var (first, second, third, fourth) = Transpose(
                Vector256.LoadUnsafe(ref from, (nuint)row),
                Vector256.LoadUnsafe(ref from, (nuint)(row + length)),
                Vector256.LoadUnsafe(ref from, (nuint)(row + (2 * length))),
                Vector256.LoadUnsafe(ref from, (nuint)(row + (3 * length))));
            var at = (nuint)(Lanes * row);
            first.StoreUnsafe(ref to, at);
            second.StoreUnsafe(ref to, at + Lanes);
            third.StoreUnsafe(ref to, at + (2 * Lanes));
            fourth.StoreUnsafe(ref to, at + (3 * Lanes));
        }

        for (; row < length; row++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                turns[(Lanes * row) + lane] = series[(lane * length) + row];
            }
        }
    }

    /// <summary>From in turn to one after the other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Deinterleave(ReadOnlySpan<double> turns, Span<double> series)
    {
        var length = series.Length / Lanes;
        ref var from = ref MemoryMarshal.GetReference(turns[..series.Length]);
        ref var to = ref MemoryMarshal.GetReference(series);
        var row = 0;
        for (; row <= length - Lanes; row += Lanes)
        {
            var at = (nuint)(Lanes * row);
            var (first, second, third, fourth) = Transpose(
                Vector256.LoadUnsafe(ref from, at),
                Vector256.LoadUnsafe(ref from, at + Lanes),
                Vector256.LoadUnsafe(ref from, at + (2 * Lanes)),
                Vector256.LoadUnsafe(ref from, at + (3 * Lanes)));
            first.StoreUnsafe(ref to, (nuint)row);
            second.StoreUnsafe(ref to, (nuint)(row + length));
            third.StoreUnsafe(ref to, (nuint)(row + (2 * length)));
            fourth.StoreUnsafe(ref to, (nuint)(row + (3 * length)));
        }

        for (; row < length; row++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                series[(lane * length) + row] = turns[(Lanes * row) + lane];
            }
        }
    }

    /// <summary>The first three of the lanes, each one further on, after another value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> After(double value, Vector256<double> lanes) =>
        Avx.Blend(Avx2.Permute4x64(lanes, 0b10_01_00_00), Vector256.Create(value), 0b0001);

    /// <summary>The first three of the lanes, each one further on, after the last of others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> After(Vector256<double> others, Vector256<double> lanes) =>
        Avx.Shuffle(Avx.Permute2x128(others, lanes, 0x21), lanes, 0b0101);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double>, Vector256<double>, Vector256<double>, Vector256<double>) Transpose(
        Vector256<double> first, Vector256<double> second, Vector256<double> third, Vector256<double> fourth)
    {
        const byte Lower = 0x20;
        const byte Upper = 0x31;
        var evenLeft = Avx.UnpackLow(first, second);
        var oddLeft = Avx.UnpackHigh(first, second);
        var evenRight = Avx.UnpackLow(third, fourth);
        var oddRight = Avx.UnpackHigh(third, fourth);
        return (
            Avx.Permute2x128(evenLeft, evenRight, Lower),
            Avx.Permute2x128(oddLeft, oddRight, Lower),
            Avx.Permute2x128(evenLeft, evenRight, Upper),
            Avx.Permute2x128(oddLeft, oddRight, Upper));
    }
}
