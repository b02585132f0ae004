using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Moving average convergence and divergence (Appel, 1979): a fast EMA less a slow one, the EMA of that as its
/// signal, and the difference of both; in the source's unit. Each EMA is seeded with the mean of its own first
/// values. First at index slow - 1, signal and histogram at slow + signal - 2.
/// </summary>
public static class Macd
{
    internal static readonly IndicatorParameter Fast = IndicatorParameter.Bars("fast", 12);
    internal static readonly IndicatorParameter Slow = IndicatorParameter.Bars("slow", 26);
    internal static readonly IndicatorParameter Signal = IndicatorParameter.Bars("signal", 9);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<MacdCore, double, MacdValue>(
        "macd",
        "Moving average convergence and divergence",
        arguments => new MacdCore((int)arguments[0], (int)arguments[1], (int)arguments[2]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Fast, Slow, Signal],
        Outputs = ["macd", "signal", "histogram"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="fast">Bars of the fast average, 1 to 10,000.</param>
    /// <param name="slow">Bars of the slow average, 1 to 10,000.</param>
    /// <param name="signal">Bars of the signal's average, 1 to 10,000.</param>
    /// <param name="line">Receives the difference of the averages, NaN before the first.</param>
    /// <param name="signalLine">Receives the signal.</param>
    /// <param name="histogram">Receives the difference less the signal.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of bars is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> source,
        int fast,
        int slow,
        int signal,
        Span<double> line,
        Span<double> signalLine,
        Span<double> histogram) =>
        IndicatorBatch.Run<MacdCore, double, MacdValue>(
            new MacdCore(fast, slow, signal), new(source), new(line, signalLine, histogram, count: 3));

    /// <summary>The streaming form.</summary>
    /// <param name="fast">Bars of the fast average, 1 to 10,000.</param>
    /// <param name="slow">Bars of the slow average, 1 to 10,000.</param>
    /// <param name="signal">Bars of the signal's average, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of bars is out of range.</exception>
    public static IndicatorStream<double, MacdValue> Stream(int fast = 12, int slow = 26, int signal = 9) =>
        new CoreStream<MacdCore, double, MacdValue>(new MacdCore(fast, slow, signal));
}

/// <summary>The values of a MACD.</summary>
/// <param name="Macd">Fast average less slow average.</param>
/// <param name="Signal">The average of that.</param>
/// <param name="Histogram">Macd less Signal.</param>
public readonly record struct MacdValue(double Macd, double Signal, double Histogram);

internal struct MacdCore(int fast, int slow, int signal) : IIndicatorCore<MacdCore, double, MacdValue>
{
    private readonly long _longest = Math.Max(Macd.Fast.Check(fast), Macd.Slow.Check(slow));
    private readonly long _signalPeriod = Macd.Signal.Check(signal);
    private ExponentialMean _fast = ExponentialMean.OfPeriod(fast);
    private ExponentialMean _slow = ExponentialMean.OfPeriod(slow);
    private ExponentialMean _signal = ExponentialMean.OfPeriod(signal);

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 10 * (int)(_longest + _signalPeriod);

    public readonly int FirstIndex(int output) => (int)(output == 0 ? _longest - 1 : _longest + _signalPeriod - 2);

    public MacdValue Update(double bar, Span<double> window)
    {
        var fast = _fast.Update(bar);
        var line = fast - _slow.Update(bar);
        var signal = double.IsNaN(line) ? double.NaN : _signal.Update(line);
        return new MacdValue(line, signal, line - signal);
    }

    public static void Compute(MacdCore core, InputColumns inputs, OutputColumns outputs)
    {
        var kernel = new Kernel(core, inputs.First, outputs);
        IndicatorBatch.Tiles(ref kernel, inputs, outputs);
    }

    /// <summary>Each average over a tile at a time; the histogram's place holds the slow one meanwhile.</summary>
    private ref struct Kernel(MacdCore start, ReadOnlySpan<double> source, OutputColumns outputs) : ITileKernel
    {
        private readonly ReadOnlySpan<double> _source = source;
        private readonly OutputColumns _outputs = outputs;
        private MacdCore _core;
        private int _first;

        public void Restart(int bar)
        {
            _core = start;
            _first = bar + start.FirstIndex(0);
        }

        public void Run(int from, int to)
        {
            var source = _source[from..to];
            var line = _outputs[0][from..to];
            var signal = _outputs[1][from..to];
            var histogram = _outputs[2][from..to];
            _core._fast.Update(source, line);
            _core._slow.Update(source, histogram);
            Elementwise.Subtract(line, histogram, line);
            var first = Math.Clamp(_first - from, 0, line.Length);
            signal[..first].Fill(double.NaN);
            _core._signal.Update(line[first..], signal[first..]);
            Elementwise.Subtract(line, signal, histogram);
        }
    }
}
