using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Trading.Data.Import;

/// <summary>
/// Reads a file to its end; bad rows become rejections, a bad file an <see cref="ImportFileException"/>.
/// </summary>
internal static class FileReader
{
    private const int RowsPerReport = 8192;
    private const int FewestWithinDays = 10;

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 1 << 20,
        BufferSize = 1 << 18,
    };

    public static Task<ParsedFile> ReadAsync(
        string path, string? ticker, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        OpenAsync(path, (csv, stream) => ReadRowsAsync(csv, stream, ticker, progress, cancellationToken));

    /// <summary>What the header says the file is; reads no further.</summary>
    public static Task<ImportKind> KindOfAsync(string path, string? ticker, CancellationToken cancellationToken) =>
        OpenAsync(path, async (csv, _) => (await ReadHeaderAsync(csv, ticker, cancellationToken)).Kind);

    private static async Task<T> OpenAsync<T>(string path, Func<CsvReader, ImportStream, Task<T>> read)
    {
        try
        {
            await using var stream = ImportStream.Open(path);
            await using var csv = CsvReader.Create(stream, Options, leaveOpen: true);
            return await read(csv, stream);
        }
        catch (CsvFormatException exception)
        {
            throw new ImportFileException($"Line {exception.LineNumber} is not CSV: {exception.Message}", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new ImportFileException($"The gzip content is damaged or cut short: {exception.Message}", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ImportFileException("The text is in no known encoding; save it as UTF-8.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImportFileException(exception.Message, exception);
        }
    }

    private static async Task<ParsedFile> ReadRowsAsync(
        CsvReader csv,
        ImportStream stream,
        string? ticker,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellationToken)
    {
        var columns = await ReadHeaderAsync(csv, ticker, cancellationToken);
        var file = new ParsedFile(columns.Kind);
        var rows = new RowParser(columns, file, ticker);
        var isShort = false;
        while (await csv.ReadAsync(cancellationToken))
        {
            ThrowUnlessText(csv);
            isShort = csv.FieldCount < columns.Count;
            rows.Take(csv);
            if (file.RowsRead % RowsPerReport == 0)
            {
                Report(progress, stream, file);
            }
        }

        if (isShort && !stream.EndsWithLineBreak)
        {
            throw new ImportFileException("The file ends in the middle of its last line.");
        }

        ThrowIfWithinDays(file);
        Report(progress, stream, file);
        return file;
    }

    /// <summary>The first hour of a day must not become the day.</summary>
    private static void ThrowIfWithinDays(ParsedFile file)
    {
        var (bars, repeated) = (0, 0);
        foreach (var rows in file.Tickers.Select(ticker => ticker.Bars))
        {
            bars += rows.Count;
            for (var row = 1; row < rows.Count; row++)
            {
                repeated += rows[row].Session == rows[row - 1].Session ? 1 : 0;
            }
        }

        if (repeated >= FewestWithinDays && repeated > bars / 2)
        {
            throw new ImportFileException(
                $"{repeated} of {bars} rows are of the day of the row before: only daily bars are imported.");
        }
    }

    private static async Task<CsvColumns> ReadHeaderAsync(
        CsvReader csv, string? ticker, CancellationToken cancellationToken)
    {
        await csv.ReadHeaderAsync(cancellationToken);
        if (csv.Headers.Count == 0)
        {
            throw new ImportFileException("The file is empty: it has no header.");
        }

        // A binary file that happens to have line breaks would be quoted in the message about its columns.
        if (csv.Headers.Any(name => name.Any(char.IsControl) || name.Contains('\uFFFD', StringComparison.Ordinal)))
        {
            throw new ImportFileException("The file is not text.");
        }

        return CsvColumns.Find(csv.Headers, ticker);
    }

    private static void ThrowUnlessText(CsvReader csv)
    {
        var raw = csv.RawRecord;
        if (raw.Contains((byte)0))
        {
            throw new ImportFileException($"Line {csv.LineNumber} is not text: it holds a zero byte.");
        }

        if (!Ascii.IsValid(raw) && !Utf8.IsValid(raw))
        {
            throw new ImportFileException($"Line {csv.LineNumber} is not UTF-8; save the file as UTF-8.");
        }
    }

    private static void Report(IProgress<ImportProgress>? progress, ImportStream stream, ParsedFile file) =>
        progress?.Report(new(ImportPhase.Reading, stream.FilePosition, stream.FileLength, file.RowsRead));
}
