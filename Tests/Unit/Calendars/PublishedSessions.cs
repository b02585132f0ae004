using System.Globalization;

namespace Trading.Tests.Unit.Calendars;

/// <summary>What <c>published-sessions.txt</c> says of one exchange and year.</summary>
internal sealed record PublishedSessions(
    string Exchange, int Year, IReadOnlyList<DateOnly> Closed, IReadOnlyList<(DateOnly Date, TimeSpan Close)> Early)
{
    public static IReadOnlyList<PublishedSessions> Read()
    {
        var path = Path.Combine(RepositoryFolder.Path, "Tests", "Unit", "Calendars", "published-sessions.txt");
        return
        [
            .. from line in File.ReadLines(path)
               where !line.StartsWith('#')
               let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               group words by (Exchange: words[0], Year: int.Parse(words[1], CultureInfo.InvariantCulture)) into year
               select new PublishedSessions(
                   year.Key.Exchange,
                   year.Key.Year,
                   [.. Words(year, "closed").Select(word => Date(year.Key.Year, word))],
                   [.. Words(year, "early").Select(word => word.Split('='))
                       .Select(early => (Date(year.Key.Year, early[0]), Time(early[1])))]),
        ];
    }

    private static IEnumerable<string> Words(IEnumerable<string[]> lines, string kind) =>
        lines.Where(words => words[2] == kind).SelectMany(words => words.Skip(3));

    private static DateOnly Date(int year, string monthAndDay) => DateOnly.ParseExact(
        $"{year.ToString(CultureInfo.InvariantCulture)}-{monthAndDay}", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static TimeSpan Time(string text) => TimeSpan.ParseExact(text, "hh\\:mm", CultureInfo.InvariantCulture);
}
