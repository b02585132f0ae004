using System.IO.Compression;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Csv;

/// <summary>A folder with a file of daily bars for each instrument, prices as traded; a file may be gzipped.</summary>
internal sealed class CsvFolderProvider(CsvOptions options, ProviderRecord record, TimeProvider time)
    : IMarketDataProvider
{
    private const long LongestFile = 64 << 20;

    public ProviderName Name => ProviderName.Csv;

    public ProviderAbilities Abilities => ProviderAbilities.DailyBars;

    public bool Covers(Instrument instrument) => FileOf(instrument) is not null;

    public async Task<ProviderHistory> ReadDailyAsync(
        Instrument instrument, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var activity = record.Begin("file");
        try
        {
            var bars = await ReadAsync(instrument, cancellationToken);
            record.Succeeded(time.GetElapsedTime(started));
            return new ProviderHistory([.. bars.Where(bar => bar.Session >= from && bar.Session <= to)], []);
        }
        catch (Exception error) when (error
            is ProviderException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            var failure = error as ProviderException ?? ProviderException.Invalid(error.Message, error);
            record.Failed(failure, time.GetElapsedTime(started));
            throw failure;
        }
    }

    private async Task<IReadOnlyList<ProvidedBar>> ReadAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        var path = FileOf(instrument) ?? throw ProviderException.NotFound(instrument.Ticker);
        await using var file = File.OpenRead(path);
        await using var text = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        await using var bounded = new Http.BoundedStream(text, LongestFile);
        return await DailyCsv.ReadAsync(bounded, instrument.Ticker, cancellationToken);
    }

    // A ticker may have slashes, and nothing that leads out of the folder.
    private string? FileOf(Instrument instrument)
    {
        if (options.Folder.Length == 0)
        {
            return null;
        }

        var name = instrument.Ticker.Replace('/', '_').TrimStart('.');
        return new[] { $"{name}.csv", $"{name}.csv.gz" }
            .Select(file => Path.Combine(options.Folder, file))
            .FirstOrDefault(File.Exists);
    }
}
