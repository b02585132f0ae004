using System.Globalization;
using System.IO.Compression;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.CorporateActions;

/// <summary>Prices as traded with their actions, and the adjusted closes that their source made of them.</summary>
internal sealed record RawDay(
    DateOnly Date, double Open, double Close, double AdjustedClose, double Volume, double Dividend, double Split);

internal static class RawHistory
{
    /// <summary>The days of each ticker of a file, oldest first.</summary>
    public static ILookup<string, RawDay> Read(string file)
    {
        using var text = new StreamReader(
            new GZipStream(File.OpenRead(SharedData.PathOf(file)), CompressionMode.Decompress));
        var days = new List<(string Ticker, RawDay Day)>();
        text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            double Number(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture);
            days.Add((fields[0], new RawDay(
                DateOnly.ParseExact(fields[1], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Number(2), Number(5), Number(6), Number(7), Number(8), Number(9))));
        }

        return days.OrderBy(row => row.Day.Date).ToLookup(row => row.Ticker, row => row.Day);
    }

    public static IEnumerable<CorporateAction> ActionsOf(RawDay day)
    {
        if (day.Split != 1)
        {
            yield return new CorporateAction(day.Date, CorporateActionKind.Split, day.Split);
        }

        if (day.Dividend > 0)
        {
            yield return new CorporateAction(day.Date, CorporateActionKind.Dividend, day.Dividend);
        }
    }

    /// <summary>The actions with the prices around them, as the store reads them.</summary>
    public static List<PricedAction> PricedActionsOf(IReadOnlyList<RawDay> days)
    {
        var priced = new List<PricedAction>();
        for (var i = 1; i < days.Count; i++)
        {
            foreach (var action in ActionsOf(days[i]))
            {
                priced.Add(new PricedAction(
                    action, days[i - 1].Date, days[i - 1].Close, days[i].Date, days[i].Open, days[i].Close));
            }
        }

        return priced;
    }
}
