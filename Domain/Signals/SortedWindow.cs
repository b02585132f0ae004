namespace Trading.Domain.Signals;

/// <summary>
/// The last values of a series in order of size, for medians: O(log n) to find a place and a short move to take it.
/// Values that are no number are left out, so the window may hold fewer than its length. Not thread-safe.
/// </summary>
internal sealed class SortedWindow(int length)
{
    private readonly double[] _arrived = new double[length];
    private readonly double[] _sorted = new double[length];
    private int _next;

    /// <summary>The values held.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == length;

    /// <summary>The mean of the two middle values where their number is even; NaN when empty.</summary>
    public double Median
    {
        get
        {
            var middle = Count / 2;
            return Count == 0 ? double.NaN
                : Count % 2 == 1 ? _sorted[middle] : (_sorted[middle - 1] + _sorted[middle]) / 2;
        }
    }

    /// <summary>Adds a value in the place of the oldest one.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        if (Count == length)
        {
            Remove(_arrived[_next]);
        }

        _arrived[_next] = value;
        _next = (_next + 1) % length;
        var place = Array.BinarySearch(_sorted, 0, Count, value);
        place = place < 0 ? ~place : place;
        Array.Copy(_sorted, place, _sorted, place + 1, Count - place);
        _sorted[place] = value;
        Count++;
    }

    /// <summary>The median of the distances from the median; NaN when empty.</summary>
    public double MedianDistance()
    {
        var median = Median;
        var (left, right) = ((Count / 2) - 1, Count / 2);
        var (distance, before) = (double.NaN, double.NaN);
        // The nearest values are next to the middle: walk outwards over half of them.
        for (var taken = 0; taken <= Count / 2 && taken < Count; taken++)
        {
            var below = left >= 0 ? median - _sorted[left] : double.PositiveInfinity;
            var above = right < Count ? _sorted[right] - median : double.PositiveInfinity;
            before = distance;
            distance = Math.Min(below, above);
            _ = below < above ? left-- : right++;
        }

        return Count % 2 == 1 || Count == 0 ? distance : (before + distance) / 2;
    }

    private void Remove(double value)
    {
        var place = Array.BinarySearch(_sorted, 0, Count, value);
        Array.Copy(_sorted, place + 1, _sorted, place, Count - place - 1);
        Count--;
    }
}
