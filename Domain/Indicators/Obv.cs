using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trading.Domain.Indicators;

/// <summary>
/// On-balance volume (Granville, 1963): the volumes of all bars, added where the close rose and subtracted where it
/// fell; in units. It starts with the first bar's volume, at index 0; only its changes mean something.
/// </summary>
public static class Obv
{
    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<ObvCore, CloseVolume, double>(
        "obv", "On-balance volume", _ => new ObvCore())
    {
        Inputs = [IndicatorInput.Close, IndicatorInput.Volume],
        Parameters = [],
        Outputs = ["obv"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="close">Last prices, oldest first.</param>
    /// <param name="volume">Units traded.</param>
    /// <param name="obv">Receives the sums, NaN before the first.</param>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> close, ReadOnlySpan<double> volume, Span<double> obv) =>
        IndicatorBatch.Run<ObvCore, CloseVolume, double>(
            new ObvCore(), new(close, volume, count: 2), new(obv));

    /// <summary>The streaming form.</summary>
    public static IndicatorStream<CloseVolume, double> Stream() =>
        new CoreStream<ObvCore, CloseVolume, double>(new ObvCore());
}

internal struct ObvCore() : IIndicatorCore<ObvCore, CloseVolume, double>
{
    private const int Group = 4;

    private double _close = double.NaN;
    private double _base;
    private double _partial;
    private long _inGroup;

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 0;

    public readonly int FirstIndex(int output) => 0;

    public double Update(CloseVolume bar, Span<double> window)
    {
        _partial += bar.Close > _close ? bar.Volume : bar.Close < _close ? -bar.Volume : First(bar);
        _close = bar.Close;
        var sum = _base + _partial;
        if (++_inGroup == Group)
        {
            _base = sum;
            _partial = 0;
            _inGroup = 0;
        }

        return sum;
    }

    private readonly double First(CloseVolume bar) => double.IsNaN(_close) ? bar.Volume : 0;

    public static void Compute(ObvCore core, InputColumns inputs, OutputColumns outputs)
    {
        var kernel = new Kernel(inputs[0], inputs[1], outputs.First);
        IndicatorBatch.Tiles(ref kernel, inputs, outputs);
    }

    /// <summary>A group of bars at a time, of which only the last waits for the group before.</summary>
    private ref struct Kernel(ReadOnlySpan<double> close, ReadOnlySpan<double> volume, Span<double> obv) : ITileKernel
    {
        private readonly ReadOnlySpan<double> _close = close;
        private readonly ReadOnlySpan<double> _volume = volume;
        private readonly Span<double> _obv = obv;
        private ObvCore _core;

        public void Restart(int bar) => _core = new ObvCore();

        public void Run(int from, int to)
        {
            var bar = from;
            while (bar < to && (_core._inGroup > 0 || double.IsNaN(_core._close)))
            {
                Step(bar++);
            }

            bar += RunGroups(bar, (to - bar) / Group);
            while (bar < to)
            {
                Step(bar++);
            }
        }

        private void Step(int bar) => _obv[bar] = _core.Update(new CloseVolume(_close[bar], _volume[bar]), default);

        private int RunGroups(int from, int groups)
        {
            if (groups == 0)
            {
                return 0;
            }

            var bars = groups * Group;
            ref var close = ref MemoryMarshal.GetReference(_close.Slice(from, bars));
            ref var before = ref MemoryMarshal.GetReference(_close.Slice(from - 1, bars));
            ref var volume = ref MemoryMarshal.GetReference(_volume.Slice(from, bars));
            ref var obv = ref MemoryMarshal.GetReference(_obv.Slice(from, bars));
            Sign(bars, ref close, ref before, ref volume, ref obv);
            _core._base = Sum(bars, _core._base, ref obv);
            _core._close = _close[from + bars - 1];
            return bars;
        }

        /// <summary>The volumes, with the signs of the closes' changes.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Sign(int bars, ref double close, ref double before, ref double volume, ref double signed)
        {
            for (nuint bar = 0; bar < (nuint)bars; bar += Group)
            {
                var now = Vector256.LoadUnsafe(ref close, bar);
                var then = Vector256.LoadUnsafe(ref before, bar);
                var traded = Vector256.LoadUnsafe(ref volume, bar);
                var added = traded & Vector256.GreaterThan(now, then);
                (added - (traded & Vector256.LessThan(now, then))).StoreUnsafe(ref signed, bar);
            }
        }

        /// <summary>From the signed volumes to their sums, in their place.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static double Sum(int bars, double last, ref double obv)
        {
            for (nuint bar = 0; bar < (nuint)bars; bar += Group)
            {
                var first = Unsafe.Add(ref obv, bar);
                var second = first + Unsafe.Add(ref obv, bar + 1);
                var third = second + Unsafe.Add(ref obv, bar + 2);
                var fourth = third + Unsafe.Add(ref obv, bar + 3);
                Unsafe.Add(ref obv, bar) = last + first;
                Unsafe.Add(ref obv, bar + 1) = last + second;
                Unsafe.Add(ref obv, bar + 2) = last + third;
                last += fourth;
                Unsafe.Add(ref obv, bar + 3) = last;
            }

            return last;
        }
    }
}
