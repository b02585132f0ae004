using System.Globalization;
using System.IO.Compression;
using Trading.Domain.Currencies;

namespace Trading.Tests.Unit.Currencies;

/// <summary>The European Central Bank's file of all days.</summary>
internal static class EcbFile
{
    public const string Name = "fx/eurofxref-hist.csv.gz";

    public static List<ReferenceRate> Read()
    {
        using var text = new StreamReader(
            new GZipStream(File.OpenRead(SharedData.PathOf(Name)), CompressionMode.Decompress));
        var header = text.ReadLine()!.Split(',');
        var rates = new List<ReferenceRate>();
        while (text.ReadLine() is { Length: > 0 } line)
        {
            var fields = line.Split(',');
            var day = DateOnly.ParseExact(fields[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            for (var column = 1; column < fields.Length; column++)
            {
                if (decimal.TryParse(fields[column], CultureInfo.InvariantCulture, out var rate))
                {
                    rates.Add(new ReferenceRate(header[column], day, rate));
                }
            }
        }

        return rates;
    }
}
