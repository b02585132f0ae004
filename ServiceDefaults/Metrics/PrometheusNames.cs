using System.Text;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>Names and units as OpenTelemetry maps them to Prometheus.</summary>
/// <remarks>
/// After "Prometheus and OpenMetrics Compatibility" of the OpenTelemetry specification. One addition: <c>_count</c>,
/// <c>_sum</c> and <c>_bucket</c> belong to histograms, so that a gauge named so gets <c>_current</c> instead.
/// </remarks>
public static class PrometheusNames
{
    private static readonly Dictionary<string, string> _units = new(StringComparer.Ordinal)
    {
        ["d"] = "days", ["h"] = "hours", ["min"] = "minutes", ["s"] = "seconds", ["ms"] = "milliseconds",
        ["us"] = "microseconds", ["ns"] = "nanoseconds",
        ["By"] = "bytes", ["KiBy"] = "kibibytes", ["MiBy"] = "mebibytes", ["GiBy"] = "gibibytes",
        ["KBy"] = "kilobytes", ["MBy"] = "megabytes", ["GBy"] = "gigabytes",
        ["m"] = "meters", ["V"] = "volts", ["A"] = "amperes", ["J"] = "joules", ["W"] = "watts", ["g"] = "grams",
        ["Cel"] = "celsius", ["Hz"] = "hertz", ["%"] = "percent",
    };

    private static readonly Dictionary<string, string> _rates = new(StringComparer.Ordinal)
    {
        ["s"] = "second", ["m"] = "minute", ["h"] = "hour", ["d"] = "day", ["w"] = "week", ["mo"] = "month",
        ["y"] = "year",
    };

    private static readonly string[] _reserved = ["_count", "_sum", "_bucket"];

    /// <summary>The name of a metric.</summary>
    /// <param name="instrument">The instrument's name, such as <c>http.server.request.duration</c>.</param>
    /// <param name="unit">Its unit in UCUM, such as <c>s</c>, <c>By</c> or <c>{request}</c>; null for none.</param>
    /// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    public static string Metric(string instrument, string? unit, string type)
    {
        var name = Sanitize(instrument, ':');
        if (type == "counter")
        {
            name = Without(name, "_total");
        }

        if (UnitOf(unit, type) is { Length: > 0 } suffix && !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            name += "_" + suffix;
        }

        return type switch
        {
            "counter" => name + "_total",
            "gauge" => Current(name),
            _ => name,
        };
    }

    /// <summary>The name of a label.</summary>
    /// <param name="attribute">The attribute's key, such as <c>http.route</c>.</param>
    public static string Label(string attribute) => Sanitize(attribute, '_');

    private static string Current(string name) =>
        _reserved.FirstOrDefault(name.EndsWith) is { } suffix ? Without(name, suffix) + "_current" : name;

    private static string Without(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;

    /// <summary>Anything but letters, digits and <paramref name="also"/> becomes one underscore, none after another.</summary>
    private static string Sanitize(string name, char also)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterOrDigit(character) || character == also)
            {
                text.Append(character);
            }
            else if (text.Length == 0 || text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }

    private static string UnitOf(string? unit, string type)
    {
        if (string.IsNullOrEmpty(unit))
        {
            return "";
        }

        if (unit == "1")
        {
            return type == "gauge" ? "ratio" : "";
        }

        var parts = WithoutAnnotations(unit).Split('/', 2);
        var counted = Plural(parts[0]);
        return parts is [_, { Length: > 0 } per]
            ? $"{counted}_per_{_rates.GetValueOrDefault(per, Sanitize(per, '_'))}".TrimStart('_')
            : counted;
    }

    private static string Plural(string unit) =>
        unit.Length == 0 ? "" : _units.GetValueOrDefault(unit, Sanitize(unit, '_').Trim('_'));

    private static string WithoutAnnotations(string unit)
    {
        for (var open = unit.IndexOf('{', StringComparison.Ordinal); open >= 0;)
        {
            var close = unit.IndexOf('}', open);
            unit = close < 0 ? unit[..open] : unit.Remove(open, close - open + 1);
            open = unit.IndexOf('{', StringComparison.Ordinal);
        }

        return unit;
    }
}
