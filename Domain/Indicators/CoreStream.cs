using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Trading.Domain.Indicators;

/// <summary>Streams an indicator's core.</summary>
internal sealed class CoreStream<TCore, TInput, TOutput> : IndicatorStream<TInput, TOutput>
    where TCore : unmanaged, IIndicatorCore<TCore, TInput, TOutput>
    where TInput : unmanaged
    where TOutput : unmanaged
{
    /// <summary>Part of each state: what is saved by another layout of the cores is refused.</summary>
    private const ulong Format = 1;

    private readonly TCore _start;
    private readonly double[] _window;
    private readonly ulong _kind;
    private TCore _core;

    public CoreStream(TCore core)
    {
        _start = core;
        _core = core;
        _window = new double[core.WindowLength];
        _kind = Kind(core);
    }

    public override int InputCount => Unsafe.SizeOf<TInput>() / sizeof(double);

    public override int OutputCount => Unsafe.SizeOf<TOutput>() / sizeof(double);

    public override int StateLength => sizeof(ulong) + Unsafe.SizeOf<TCore>() + (_window.Length * sizeof(double));

    public override TOutput Update(TInput bar)
    {
        if (IndicatorBatch.IsComplete(in bar))
        {
            return _core.Update(bar, _window);
        }

        _core = _start;
        Unsafe.SkipInit(out TOutput none);
        MemoryMarshal.CreateSpan(ref Unsafe.As<TOutput, double>(ref none), OutputCount).Fill(double.NaN);
        return none;
    }

    public override void Update(ReadOnlySpan<double> inputs, Span<double> outputs)
    {
        if (inputs.Length != InputCount || outputs.Length < OutputCount)
        {
            throw new ArgumentException(
                $"Wants {InputCount} inputs and room for {OutputCount} outputs, was given {inputs.Length} and "
                + $"{outputs.Length}.");
        }

        MemoryMarshal.Cast<double, TOutput>(outputs)[0] = Update(MemoryMarshal.Cast<double, TInput>(inputs)[0]);
    }

    public override void Restart() => _core = _start;

    public override void Save(Span<byte> state)
    {
        if (state.Length < StateLength)
        {
            throw new ArgumentException($"The state has {StateLength} bytes, the span {state.Length}.", nameof(state));
        }

        MemoryMarshal.Write(state, in _kind);
        MemoryMarshal.Write(state[sizeof(ulong)..], in _core);
        MemoryMarshal.AsBytes(_window.AsSpan()).CopyTo(state[(sizeof(ulong) + Unsafe.SizeOf<TCore>())..]);
    }

    public override void Restore(ReadOnlySpan<byte> state)
    {
        if (state.Length != StateLength || MemoryMarshal.Read<ulong>(state) != _kind)
        {
            throw new ArgumentException("The state is of another indicator, or of other parameters.", nameof(state));
        }

        _core = MemoryMarshal.Read<TCore>(state[sizeof(ulong)..]);
        state[(sizeof(ulong) + Unsafe.SizeOf<TCore>())..].CopyTo(MemoryMarshal.AsBytes(_window.AsSpan()));
    }

    /// <summary>FNV-1a of the indicator's name and of its start, which holds its parameters.</summary>
    private static ulong Kind(TCore start)
    {
        var hash = 14695981039346656037UL ^ Format;
        foreach (var part in Encoding.UTF8.GetBytes(typeof(TCore).Name))
        {
            hash = (hash ^ part) * 1099511628211UL;
        }

        foreach (var part in MemoryMarshal.AsBytes(new ReadOnlySpan<TCore>(in start)))
        {
            hash = (hash ^ part) * 1099511628211UL;
        }

        return hash;
    }
}
