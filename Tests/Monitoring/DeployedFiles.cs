using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trading.Tests.Monitoring;

/// <summary>What deploy/ holds for Prometheus and Grafana.</summary>
internal static partial class DeployedFiles
{
    private static readonly HashSet<string> _words =
    [
        "and", "or", "unless", "on", "ignoring", "group_left", "group_right", "bool", "by", "without", "offset",
        "inf", "nan",
    ];

    public static string Prometheus { get; } = Path.Combine(RepositoryFolder.Path, "deploy", "prometheus");

    public static string Runbooks { get; } = Path.Combine(RepositoryFolder.Path, "docs", "runbooks");

    public static IReadOnlyList<string> Dashboards { get; } =
        Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "deploy", "grafana", "dashboards"), "*.json");

    /// <summary>The alerts, each with the lines that belong to it.</summary>
    public static IReadOnlyList<(string Name, string Text)> Alerts() =>
    [
        .. Regex.Split(File.ReadAllText(Path.Combine(Prometheus, "rules.yml")), @"^\s+- alert: ", RegexOptions.Multiline)
            .Skip(1)
            .Select(text => (text[..text.IndexOf('\n', StringComparison.Ordinal)].Trim(), text)),
    ];

    /// <summary>The queries of a dashboard.</summary>
    public static IReadOnlyList<string> Queries(string dashboard)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(dashboard));
        return
        [
            .. from panel in document.RootElement.GetProperty("panels").EnumerateArray()
               where panel.TryGetProperty("targets", out _)
               from target in panel.GetProperty("targets").EnumerateArray()
               select target.GetProperty("expr").GetString()!,
        ];
    }

    /// <summary>The metrics that a query reads.</summary>
    public static IEnumerable<string> MetricsOf(string query) =>
        Names().Matches(Noise().Replace(query, " ")).Select(match => match.Value).Where(name => !_words.Contains(name));

    /// <summary>The query of an alert.</summary>
    public static string QueryOf(string alert) => Expression().Match(alert).Groups[1].Value;

    // What stands in braces, brackets and quotes, and the labels that follow by, on and the like.
    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)""")]
    private static partial Regex Noise();

    [GeneratedRegex(@"(?<![\w.])[a-zA-Z_:][\w:]*\b(?!\s*\()")]
    private static partial Regex Names();

    [GeneratedRegex(@"expr:(?: [|>]-)?\s+((?:.|\n)*?)\n\s+(?:for|labels):")]
    private static partial Regex Expression();
}
