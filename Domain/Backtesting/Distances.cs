namespace Trading.Domain.Backtesting;

/// <summary>Reads the distances of stops and targets.</summary>
internal static class Distances
{
    /// <summary>NaN where there is none: the column is empty, or the value is no distance.</summary>
    public static double At(ReadOnlySpan<double> column, int bar)
    {
        var distance = column.IsEmpty ? double.NaN : column[bar];
        return distance > 0 && double.IsFinite(distance) ? distance : double.NaN;
    }
}
