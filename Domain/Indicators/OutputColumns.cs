using System.Runtime.CompilerServices;

namespace Trading.Domain.Indicators;

/// <summary>The series that an indicator fills, in the order of its output's fields.</summary>
internal readonly ref struct OutputColumns
{
    private readonly Span<double> _second;
    private readonly Span<double> _third;
    private readonly Span<double> _fourth;
    private readonly Span<double> _fifth;

    public OutputColumns(
        Span<double> first,
        Span<double> second = default,
        Span<double> third = default,
        Span<double> fourth = default,
        Span<double> fifth = default,
        int count = 1)
    {
        First = first;
        _second = second;
        _third = third;
        _fourth = fourth;
        _fifth = fifth;
        Count = count;
    }

    public Span<double> First { get; }

    public int Count { get; }

    public Span<double> this[int column] => column switch
    {
        0 => First,
        1 => _second,
        2 => _third,
        3 => _fourth,
        _ => _fifth,
    };

    /// <exception cref="ArgumentException">A span is not as long as the inputs, or shares memory with
    /// another.</exception>
    public void CheckAgainst(InputColumns inputs)
    {
        for (var column = 0; column < Count; column++)
        {
            var output = this[column];
            if (output.Length != inputs.Length)
            {
                throw new ArgumentException(
                    $"An output is {output.Length} bars long, but the inputs are {inputs.Length}.");
            }

            CheckApart(output, column, inputs);
        }
    }

    public void Clear(int bar)
    {
        for (var column = 0; column < Count; column++)
        {
            this[column][bar] = double.NaN;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<TOutput>(int bar, TOutput output)
        where TOutput : unmanaged
    {
        ref var field = ref Unsafe.As<TOutput, double>(ref output);
        First[bar] = field;
        if (Unsafe.SizeOf<TOutput>() > sizeof(double))
        {
            _second[bar] = Unsafe.Add(ref field, 1);
        }

        if (Unsafe.SizeOf<TOutput>() > 2 * sizeof(double))
        {
            _third[bar] = Unsafe.Add(ref field, 2);
        }

        if (Unsafe.SizeOf<TOutput>() > 3 * sizeof(double))
        {
            _fourth[bar] = Unsafe.Add(ref field, 3);
        }

        if (Unsafe.SizeOf<TOutput>() > 4 * sizeof(double))
        {
            _fifth[bar] = Unsafe.Add(ref field, 4);
        }
    }

    /// <summary>Outputs are written while the inputs of earlier bars are still read.</summary>
    private void CheckApart(ReadOnlySpan<double> output, int column, InputColumns inputs)
    {
        for (var other = 0; other < inputs.Count; other++)
        {
            if (output.Overlaps(inputs[other]))
            {
                throw new ArgumentException("An output shares memory with an input.");
            }
        }

        for (var other = 0; other < column; other++)
        {
            if (output.Overlaps(this[other]))
            {
                throw new ArgumentException("Two outputs share memory.");
            }
        }
    }
}
