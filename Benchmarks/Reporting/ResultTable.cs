using System.Globalization;
using System.Text;

namespace Trading.Benchmarks.Reporting;

/// <summary>The measurements as a table, for a terminal and for a document.</summary>
internal static class ResultTable
{
    private static readonly string[] _titles =
        ["scenario", "measured", "ours", "compared with", "ratio", "required", "measured / required", ""];

    public static string Plain(IReadOnlyList<Measurement> measurements)
    {
        var rows = Rows(measurements);
        var widths = Enumerable.Range(0, _titles.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).AppendLine();
        }

        return text.ToString();
    }

    public static string Markdown(IReadOnlyList<Measurement> measurements)
    {
        var text = new StringBuilder();
        foreach (var (index, row) in Rows(measurements).Index())
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
            if (index == 0)
            {
                text.Append('|').Insert(text.Length, " --- |", _titles.Length).Append('\n');
            }
        }

        return text.ToString();
    }

    private static List<string[]> Rows(IReadOnlyList<Measurement> measurements) =>
        [_titles, .. measurements.Select(Row)];

    private static string[] Row(Measurement measurement) =>
    [
        measurement.Scenario,
        measurement.What,
        $"{Number(measurement.Ours)} {measurement.Unit}".TrimEnd(),
        measurement.Peer is { } peer ? $"{measurement.PeerName}: {Number(peer)}" : string.Empty,
        measurement.Peer is null ? string.Empty : Number(measurement.Value),
        measurement.Required?.ToString() ?? string.Empty,
        measurement.OfRequired is { } share ? Number(share) : string.Empty,
        measurement.Required is null ? string.Empty : measurement.Reached ? "reached" : "MISSED",
    ];

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
