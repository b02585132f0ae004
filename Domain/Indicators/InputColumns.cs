using System.Runtime.CompilerServices;

namespace Trading.Domain.Indicators;

/// <summary>The series that an indicator reads, in the order of its input's fields.</summary>
internal readonly ref struct InputColumns
{
    private readonly ReadOnlySpan<double> _second;
    private readonly ReadOnlySpan<double> _third;
    private readonly ReadOnlySpan<double> _fourth;
    private readonly ReadOnlySpan<double> _fifth;

    /// <exception cref="ArgumentException">The spans are not equally long.</exception>
    public InputColumns(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second = default,
        ReadOnlySpan<double> third = default,
        ReadOnlySpan<double> fourth = default,
        ReadOnlySpan<double> fifth = default,
        int count = 1)
    {
        First = first;
        _second = second;
        _third = third;
        _fourth = fourth;
        _fifth = fifth;
        Count = count;
        for (var column = 1; column < count; column++)
        {
            if (this[column].Length != first.Length)
            {
                throw new ArgumentException(
                    $"The inputs differ in length: {first.Length} and {this[column].Length} bars.");
            }
        }
    }

    public ReadOnlySpan<double> First { get; }

    public int Count { get; }

    public int Length => First.Length;

    public ReadOnlySpan<double> this[int column] => column switch
    {
        0 => First,
        1 => _second,
        2 => _third,
        3 => _fourth,
        _ => _fifth,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TInput Read<TInput>(int bar)
        where TInput : unmanaged
    {
        Unsafe.SkipInit(out TInput input);
        ref var field = ref Unsafe.As<TInput, double>(ref input);
        field = First[bar];
        if (Unsafe.SizeOf<TInput>() > sizeof(double))
        {
            Unsafe.Add(ref field, 1) = _second[bar];
        }

        if (Unsafe.SizeOf<TInput>() > 2 * sizeof(double))
        {
            Unsafe.Add(ref field, 2) = _third[bar];
        }

        if (Unsafe.SizeOf<TInput>() > 3 * sizeof(double))
        {
            Unsafe.Add(ref field, 3) = _fourth[bar];
        }

        if (Unsafe.SizeOf<TInput>() > 4 * sizeof(double))
        {
            Unsafe.Add(ref field, 4) = _fifth[bar];
        }

        return input;
    }
}
