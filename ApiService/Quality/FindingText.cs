using System.Globalization;
using System.Text.Json;
using Trading.Contracts;
using Trading.Domain.Quality;

namespace Trading.ApiService.Quality;

/// <summary>Says findings in words.</summary>
internal static class FindingText
{
    public static FindingResponse Describe(Finding finding) => new(
        JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Kind.ToString()),
        finding.First,
        finding.Last,
        finding.Sessions,
        finding.Ratio,
        TextOf(finding));

    private static string TextOf(Finding finding) => finding.Kind switch
    {
        FindingKind.MissingSessions when finding.Sessions == 1 => "The exchange was open, and there is no bar.",
        FindingKind.MissingSessions => $"The exchange was open on {finding.Sessions} days, and there are no bars.",
        FindingKind.OffCalendar => "There is a bar, and the exchange was closed.",
        FindingKind.UnitError => $"The close is {Times(finding)} the one before: a price in another unit, such as pence.",
        FindingKind.SplitMisdated =>
            $"The close is {Times(finding)} the one before: a split that is known of another day near.",
        FindingKind.SplitSuspected =>
            $"Open and close are {Times(finding)} the close before: a split, perhaps, and none is known.",
        FindingKind.Spike => $"The close is {Times(finding)} the one before, and the next takes it back.",
        FindingKind.Outlier => $"The close is {Times(finding)} the one before: far beyond its own ways, and maybe true.",
        FindingKind.Flat => $"{finding.Sessions} sessions at one price without volume.",
        _ => string.Empty,
    };

    private static string Times(Finding finding) =>
        finding.Ratio?.ToString("0.####", CultureInfo.InvariantCulture) + " times";
}
