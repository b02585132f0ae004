using System.Buffers;
using System.Globalization;
using System.Text;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>Writes metrics in Prometheus' text format, version 0.0.4.</summary>
public static class PrometheusText
{
    /// <summary>The media type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly SearchValues<char> _escaped = SearchValues.Create("\\\"\n");

    /// <summary>The text as UTF-8: for each metric its help, its type and then its series.</summary>
    /// <param name="families">Each name once.</param>
    public static byte[] Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(1 << 15);
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ');
            Escape(text, family.Help, quotes: false);
            text.Append("\n# TYPE ").Append(family.Name).Append(' ').Append(family.Type).Append('\n');
            foreach (var sample in family.Samples)
            {
                Write(text, sample);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A value as the format writes it, to the last bit.</summary>
    /// <param name="value">Any double.</param>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void Write(StringBuilder text, MetricSample sample)
    {
        text.Append(sample.Name);
        var separator = '{';
        foreach (var (name, value) in sample.Labels)
        {
            text.Append(separator).Append(name).Append("=\"");
            Escape(text, value, quotes: true);
            text.Append('"');
            separator = ',';
        }

        text.Append(sample.Labels.Count == 0 ? " " : "} ").Append(Number(sample.Value)).Append('\n');
    }

    private static void Escape(StringBuilder text, string value, bool quotes)
    {
        if (!value.AsSpan().ContainsAny(_escaped))
        {
            text.Append(value);
            return;
        }

        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(character),
            };
        }
    }
}
