using Trading.Domain.Strategies.Language.Plan;

namespace Trading.Domain.Strategies.Language;

/// <summary>The series of the bars themselves.</summary>
internal static class SeriesNames
{
    public static IReadOnlyList<(string Name, InputSeries Series, string Summary)> All { get; } =
    [
        ("open", InputSeries.Open, "The first price of the bar."),
        ("high", InputSeries.High, "The highest price."),
        ("low", InputSeries.Low, "The lowest price."),
        ("close", InputSeries.Close, "The last price."),
        ("volume", InputSeries.Volume, "The units traded."),
    ];

    public static InputSeries? Find(string name)
    {
        foreach (var series in All)
        {
            if (series.Name == name)
            {
                return series.Series;
            }
        }

        return null;
    }
}
