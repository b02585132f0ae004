using System.Globalization;
using System.IO.Compression;
using Trading.Domain.Quality;

namespace Trading.Tests.Unit.Quality;

/// <summary>Recorded daily prices of five years, as the data's README describes them.</summary>
internal static class RecordedSessions
{
    public static Dictionary<string, SessionPrice[]> Read(IReadOnlyCollection<string> tickers)
    {
        var bars = tickers.ToDictionary(ticker => ticker, _ => new List<SessionPrice>());
        using var file = new StreamReader(new GZipStream(
            File.OpenRead(SharedData.PathOf("equities/all_stocks_5yr.csv.gz")), CompressionMode.Decompress));
        file.ReadLine();
        while (file.ReadLine() is { } line)
        {
            // date,open,high,low,close,volume,Name; a few rows have no open.
            var cells = line.Split(',');
            if (bars.TryGetValue(cells[6], out var own) )
            {
                own.Add(new SessionPrice(
                    DateOnly.Parse(cells[0], CultureInfo.InvariantCulture),
                    Number(cells[1].Length > 0 ? cells[1] : cells[4]), Number(cells[4]), Number(cells[5])));
            }
        }

        return bars.ToDictionary(one => one.Key, one => one.Value.OrderBy(bar => bar.Session).ToArray());
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
