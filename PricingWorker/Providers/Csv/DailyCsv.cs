using System.Globalization;
using System.Text;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Csv;

/// <summary>
/// Reads daily bars of one instrument line by line: a header with Date, Open, High, Low, Close and perhaps Volume in
/// any order, as Stooq and many others write them.
/// </summary>
internal static class DailyCsv
{
    private const int LongestLine = 4096;

    /// <exception cref="ProviderException">It is no such file; the message names the line.</exception>
    public static async Task<IReadOnlyList<ProvidedBar>> ReadAsync(
        Stream body, string ticker, CancellationToken cancellationToken)
    {
        using var reader = new BoundedLines(body, LongestLine);
        var header = await reader.NextAsync(cancellationToken)
            ?? throw ProviderException.Invalid("The answer is empty.");
        if (header.Trim().Equals("No data", StringComparison.OrdinalIgnoreCase))
        {
            throw ProviderException.NotFound(ticker);
        }

        var columns = new Columns(header);
        var bars = new List<ProvidedBar>();
        var line = 1;
        while (await reader.NextAsync(cancellationToken) is { } text)
        {
            line++;
            if (text.Length > 0)
            {
                bars.Add(columns.Read(text, line));
            }
        }

        bars.Sort((a, b) => a.Session.CompareTo(b.Session));
        return bars;
    }

    private sealed class Columns
    {
        private static readonly string[] _names = ["date", "open", "high", "low", "close"];

        private readonly int[] _index;
        private readonly int _volume;
        private readonly int _count;

        public Columns(string header)
        {
            string[] found = [.. header.TrimStart('\uFEFF').Split(',').Select(name => name.Trim().ToLowerInvariant())];
            _index = [.. _names.Select(name => Array.IndexOf(found, name))];
            _volume = Array.IndexOf(found, "volume");
            _count = found.Length;
            if (_index.Contains(-1))
            {
                throw ProviderException.Invalid("The answer is no CSV of daily prices.");
            }
        }

        public ProvidedBar Read(string text, int line)
        {
            var fields = text.Split(',');
            if (fields.Length != _count || !TryDate(fields[_index[0]], out var date))
            {
                throw ProviderException.Invalid($"Line {line} is cut short or has no date.");
            }

            var bar = new Bar(
                default,
                Number(fields, _index[1], line),
                Number(fields, _index[2], line),
                Number(fields, _index[3], line),
                Number(fields, _index[4], line),
                _volume < 0 ? 0 : Number(fields, _volume, line));
            return new ProvidedBar(date, bar);
        }

        private static bool TryDate(string text, out DateOnly date) => DateOnly.TryParseExact(
            text.Trim(), ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

        private static double Number(string[] fields, int index, int line) =>
            double.TryParse(fields[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw ProviderException.Invalid($"Line {line} has no number in column {index + 1}.");
    }

    /// <summary>Lines of bounded length, whatever the answer is.</summary>
    private sealed class BoundedLines(Stream body, int longest) : IDisposable
    {
        private readonly StreamReader _reader = new(body, Encoding.UTF8);
        private readonly char[] _buffer = new char[4096];
        private readonly StringBuilder _line = new();
        private int _at;
        private int _end;

        public async ValueTask<string?> NextAsync(CancellationToken cancellationToken)
        {
            _line.Clear();
            while (true)
            {
                if (_at == _end && !await FillAsync(cancellationToken))
                {
                    return _line.Length == 0 ? null : Finish();
                }

                var rest = _buffer.AsSpan(_at, _end - _at);
                var length = rest.IndexOf('\n');
                _line.Append(length < 0 ? rest : rest[..length]);
                _at += length < 0 ? rest.Length : length + 1;
                if (_line.Length > longest)
                {
                    throw ProviderException.Invalid("The answer is no CSV of daily prices: a line has no end.");
                }

                if (length >= 0)
                {
                    return Finish();
                }
            }
        }

        public void Dispose() => _reader.Dispose();

        private string Finish() => _line.ToString().TrimEnd('\r');

        private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
        {
            _at = 0;
            _end = await _reader.ReadAsync(_buffer.AsMemory(), cancellationToken);
            return _end > 0;
        }
    }
}
