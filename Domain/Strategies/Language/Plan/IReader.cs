using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>Reads one side of an operation: a column, or a constant at every bar.</summary>
internal interface IReader
{
    double At(int bar);

    Vector256<double> VectorAt(int bar);
}

/// <remarks>The bars asked for are in the column: its length was compared with the result's.</remarks>
internal readonly ref struct ColumnReader(ReadOnlySpan<double> values) : IReader
{
    private readonly ref double _start = ref MemoryMarshal.GetReference(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(int bar) => Unsafe.Add(ref _start, bar);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> VectorAt(int bar) => Vector256.LoadUnsafe(ref _start, (nuint)bar);
}

internal readonly struct ConstantReader(double value) : IReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(int bar) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> VectorAt(int bar) => Vector256.Create(value);
}
