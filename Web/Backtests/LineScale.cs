using System.Globalization;
using System.Text;

namespace Trading.Web.Backtests;

/// <summary>Places values in a drawing: from the lowest at the bottom to the highest at the top.</summary>
internal sealed class LineScale
{
    public const int Width = 1000;

    private const int MostPlaces = 800;
    private const int Margin = 4;

    private static readonly double[] _steps = [1, 2, 2.5, 5, 10];

    private const int Apart = 34;

    private readonly int _height;
    private readonly double _low;
    private readonly double _high;

    public LineScale(IEnumerable<LineSeries> series, int height)
    {
        _height = height;
        (_low, _high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in series.SelectMany(each => each.Values))
        {
            (_low, _high) = (Math.Min(_low, value), Math.Max(_high, value));
        }

        if (!(_high - _low > 1e-12 * Math.Max(1, Math.Abs(_high))))
        {
            (_low, _high) = double.IsFinite(_low) ? (_low - 1, _high + 1) : (0, 1);
        }
    }

    public double Top => _high;

    /// <summary>How far apart round values are.</summary>
    public double Step
    {
        get
        {
            var rough = (_high - _low) / Math.Max(2, _height / Apart);
            var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            return power * _steps.First(each => each * power >= rough * (1 - 1e-9));
        }
    }

    /// <summary>Round values to draw lines at.</summary>
    public IEnumerable<double> Levels()
    {
        var step = Step;
        for (var count = Math.Ceiling(_low / step); count * step <= _high; count++)
        {
            yield return count * step;
        }
    }

    public string Y(double value) => Text(Pixels(value));

    /// <summary>The same as a share of the height, in percent.</summary>
    public string Percent(double value) => Text(Pixels(value) / _height * 100);

    /// <summary>
    /// A line through the values. Of many in one place the lowest and the highest, so that no peak is lost.
    /// </summary>
    public string Points(IReadOnlyList<double> values)
    {
        var text = new StringBuilder();
        var places = Math.Min(values.Count, MostPlaces);
        for (var place = 0; place < places; place++)
        {
            var start = (int)((long)place * values.Count / places);
            var end = (int)((long)(place + 1) * values.Count / places);
            var (least, most) = Extremes(values, start, end);
            Add(text, values, Math.Min(least, most));
            if (least != most)
            {
                Add(text, values, Math.Max(least, most));
            }
        }

        return text.ToString().TrimEnd();
    }

    private static (int Least, int Most) Extremes(IReadOnlyList<double> values, int start, int end)
    {
        var (least, most) = (start, start);
        for (var index = start; index < end; index++)
        {
            least = values[index] < values[least] ? index : least;
            most = values[index] > values[most] ? index : most;
        }

        return (least, most);
    }

    private void Add(StringBuilder text, IReadOnlyList<double> values, int index) =>
        text.Append(Text((double)index * Width / Math.Max(1, values.Count - 1))).Append(',')
            .Append(Y(values[index])).Append(' ');

    private double Pixels(double value) =>
        _height - Margin - ((value - _low) / (_high - _low) * (_height - (2 * Margin)));

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
