using System.Globalization;
using Trading.Data.Import;

namespace Trading.PricingWorker.Import;

/// <summary>Every row that was not stored, as CSV.</summary>
internal sealed class RejectionFile : IAsyncDisposable
{
    private readonly StreamWriter _writer;

    private RejectionFile(StreamWriter writer) => _writer = writer;

    public static RejectionFile? CreateOrNull(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var file = new RejectionFile(new StreamWriter(path));
        file._writer.WriteLine("file,line,ticker,verdict,code,reason,content");
        return file;
    }

    public async Task WriteAsync(ImportReport report, CancellationToken cancellationToken)
    {
        foreach (var row in report.Rejections)
        {
            string[] fields =
            [
                report.FileName,
                row.Line.ToString(CultureInfo.InvariantCulture),
                row.Ticker ?? string.Empty,
                row.Defect.Quarantined ? "quarantined" : "rejected",
                row.Defect.Code,
                row.Defect.Reason,
                row.Content,
            ];
            await _writer.WriteLineAsync(string.Join(',', fields.Select(Quoted)).AsMemory(), cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}
