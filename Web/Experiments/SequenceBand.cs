using System.Globalization;
using System.Text;
using Trading.Contracts;

namespace Trading.Web.Experiments;

/// <summary>Places a confidence sequence in a drawing, from where it is known on; zero is always in sight.</summary>
internal sealed class SequenceBand
{
    public const int Width = 1000;
    public const int Height = 160;

    private const int Margin = 4;

    private readonly TestPointsResponse _test;
    private readonly int[] _known;
    private readonly double _low;
    private readonly double _high;

    public SequenceBand(TestPointsResponse test)
    {
        _test = test;
        _known = [.. Enumerable.Range(0, test.Mean.Count).Where(bar => test.Low[bar] is not null)];
        _low = _known.Select(bar => test.Low[bar]!.Value).Append(0).Min();
        _high = _known.Select(bar => test.High[bar]!.Value).Append(0).Max();
    }

    public bool IsKnown => _known.Length > 0;

    public double Low => _low;

    public double High => _high;

    /// <summary>There along the upper end and back along the lower.</summary>
    public string Area
    {
        get
        {
            var text = new StringBuilder();
            foreach (var bar in _known)
            {
                Add(text, bar, _test.High[bar]!.Value);
            }

            foreach (var bar in _known.Reverse())
            {
                Add(text, bar, _test.Low[bar]!.Value);
            }

            return text.ToString().TrimEnd();
        }
    }

    public string Mean
    {
        get
        {
            var text = new StringBuilder();
            foreach (var bar in _known)
            {
                Add(text, bar, _test.Mean[bar]);
            }

            return text.ToString().TrimEnd();
        }
    }

    public string Y(double value) => Text(Pixels(value));

    /// <summary>The same as a share of the height, in percent.</summary>
    public string Percent(double value) => Text(Pixels(value) / Height * 100);

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Add(StringBuilder text, int bar, double value) => text
        .Append(Text((double)bar * Width / Math.Max(1, _test.Mean.Count - 1))).Append(',').Append(Y(value)).Append(' ');

    private double Pixels(double value) => _high > _low
        ? Height - Margin - ((value - _low) / (_high - _low) * (Height - (2 * Margin)))
        : Height / 2.0;
}
