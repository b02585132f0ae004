using System.Globalization;
using System.IO.Compression;
using Npgsql;
using Trading.Data.Bars;
using Trading.Data.Bars.Archive;
using Trading.Data.Import;
using Trading.Domain.Market;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>Partitions of bars, and bars that are moved out into files.</summary>
[Collection(SystemTests.Name)]
public sealed class StorageTests(TradingSystem system) : IAsyncLifetime
{
    private static readonly DateTime _january = new(2024, 1, 2, 14, 31, 0, DateTimeKind.Utc);
    private static readonly DateTime _march = new(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"trading-exports-{Guid.NewGuid():n}");
    private ScratchDatabase? _database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScratchDatabase Database => _database!;

    private BarArchive Archive => new(Database.Source);

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system);
        await Database.ImportAsync("AAA,2024-01-02,10,12,9,11,400", "BBB,2024-01-02,10,12,9,11,400");
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Partitions_are_made_ahead_and_rows_of_the_default_one_move_to_their_own()
    {
        var partitions = new MinutePartitions(Database.Source);
        await Database.ExecuteAsync(
            """
            INSERT INTO minute_bars SELECT i.id, time, 1, 2, 0.5, 1.5, 7, 1 FROM instruments i, unnest(ARRAY[
                '2031-03-31T23:59:00Z', '2031-04-01T00:00:00Z', '2031-04-30T12:00:00Z']::timestamptz[]) AS time
            """);
        Assert.Equal(6L, await CountAsync("minute_bars_default"));

        await partitions.MakeAheadAsync(new(2030, 11, 22, 0, 0, 0, DateTimeKind.Utc), 2, Cancellation);
        var emptied = await partitions.EmptyDefaultAsync(Cancellation);

        Assert.Equal(2, emptied);
        Assert.Equal(0L, await CountAsync("minute_bars_default"));
        Assert.Equal(2L, await CountAsync("minute_bars_2031_03"));
        Assert.Equal(4L, await CountAsync("minute_bars_2031_04"));
        Assert.Equal(6L, await CountAsync("minute_bars"));
        foreach (var month in new[] { "2030_11", "2030_12", "2031_01" })
        {
            Assert.Equal(0L, await CountAsync($"minute_bars_{month}"));
        }
    }

    [Fact]
    public async Task A_month_that_is_not_kept_is_in_a_file_with_every_row_before_it_is_dropped_and_can_be_read_back()
    {
        var lines = await StoreMinutesAsync(_january, 500);
        await StoreMinutesAsync(_march, 3);

        var slice = Assert.Single(await Archive.FindAsync(BarInterval.OneMinute, _march, Cancellation));
        var export = await Archive.MoveOutAsync(slice, _folder, null, Cancellation);

        Assert.Equal(("minute_bars_2024_01", 1000L), (slice.Name, export.Rows));
        var file = Path.Combine(_folder, "minute_bars_2024_01.csv.gz");
        string[] expected = ["ticker,interval,time,open,high,low,close,volume,source", .. lines];
        Assert.Equal(expected, await ReadAsync(file));
        Assert.Equal(6L, await CountAsync("minute_bars"));
        Assert.Null(await ScalarAsync("SELECT to_regclass('minute_bars_2024_01')::text"));
        Assert.Equal(export.Checksum, await ScalarAsync("SELECT checksum FROM bar_exports"));

        var importer = new BarImporter(Database.Source, TimeProvider.System);
        var back = await importer.ImportAsync(file, ImportOptions.Default, null, Cancellation);
        var again = await importer.ImportAsync(file, ImportOptions.Default, null, Cancellation);

        Assert.Equal((ImportKind.Archive, 1000L, 0L, 0), (back.Kind, back.Stored, back.Unchanged, back.Rejected));
        Assert.Equal((0L, 1000L), (again.Stored, again.Unchanged));
        Assert.Equal(1000L, await CountAsync("minute_bars_2024_01"));
        var second = await Archive.MoveOutAsync(slice, _folder, null, Cancellation);
        Assert.Equal((export.Rows, export.Checksum), (second.Rows, second.Checksum));
    }

    [Fact]
    public async Task A_crash_between_export_and_drop_loses_nothing_and_the_next_try_uses_the_file()
    {
        await StoreMinutesAsync(_january, 50);
        var slice = Assert.Single(await Archive.FindAsync(BarInterval.OneMinute, _march, Cancellation));

        await Assert.ThrowsAsync<TimeoutException>(() => Archive.MoveOutAsync(
            slice, _folder, (_, _) => throw new TimeoutException("The worker is gone."), Cancellation));

        var file = Assert.Single(Directory.GetFiles(_folder));
        var written = File.GetLastWriteTimeUtc(file);
        Assert.Equal(100L, await CountAsync("minute_bars_2024_01"));
        Assert.Equal(0L, await CountAsync("bar_exports"));

        await Archive.MoveOutAsync(slice, _folder, null, Cancellation);

        Assert.Equal(file, Assert.Single(Directory.GetFiles(_folder)));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        Assert.Equal(0L, await CountAsync("minute_bars"));
        Assert.Equal(1L, await CountAsync("bar_exports"));
    }

    [Fact]
    public async Task A_crash_while_the_file_is_written_leaves_none_of_its_name()
    {
        await StoreMinutesAsync(_january, 50);
        var slice = Assert.Single(await Archive.FindAsync(BarInterval.OneMinute, _march, Cancellation));
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, ".minute_bars_2024_01.tmp"), "half a f", Cancellation);

        await Archive.MoveOutAsync(slice, _folder, null, Cancellation);

        Assert.Equal(
            ["minute_bars_2024_01.csv.gz"], Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task Bars_that_come_late_to_a_month_that_was_dropped_go_to_a_file_of_their_own()
    {
        await StoreMinutesAsync(_january, 50);
        var slice = Assert.Single(await Archive.FindAsync(BarInterval.OneMinute, _march, Cancellation));
        await Archive.MoveOutAsync(slice, _folder, null, Cancellation);
        var first = await ReadAsync(Path.Combine(_folder, "minute_bars_2024_01.csv.gz"));
        var late = await StoreMinutesAsync(_january.AddDays(1), 2);
        await new MinutePartitions(Database.Source).EmptyDefaultAsync(Cancellation);

        await Archive.MoveOutAsync(slice, _folder, null, Cancellation);

        Assert.Equal(first, await ReadAsync(Path.Combine(_folder, "minute_bars_2024_01.csv.gz")));
        Assert.Equal(late, (await ReadAsync(Path.Combine(_folder, "minute_bars_2024_01_2.csv.gz"))).Skip(1));
        Assert.Equal(0L, await CountAsync("minute_bars"));
    }

    [Fact]
    public async Task Days_that_are_not_kept_move_out_by_the_year()
    {
        await Database.ImportAsync("AAA,2022-12-30,10,12,9,11,400", "AAA,2023-01-03,10,12,9,11.5,300");

        var slices = await Archive.FindAsync(BarInterval.OneDay, _march.AddMonths(-2), Cancellation);
        foreach (var slice in slices)
        {
            await Archive.MoveOutAsync(slice, _folder, null, Cancellation);
        }

        Assert.Equal(["daily_bars_2022", "daily_bars_2023"], slices.Select(slice => slice.Name));
        Assert.Equal(
            "AAA,1d,2023-01-03T21:00:00.000000Z,10,12,9,11.5,300,1",
            (await ReadAsync(Path.Combine(_folder, "daily_bars_2023.csv.gz")))[1]);
        Assert.Equal(2L, await CountAsync("daily_bars"));
    }

    [Fact]
    public async Task A_row_that_the_file_would_not_have_is_not_dropped()
    {
        await StoreMinutesAsync(_january, 5);
        await Database.ExecuteAsync("INSERT INTO minute_bars VALUES (999999, '2024-01-02T15:00:00Z', 1, 1, 1, 1, 1, 1)");
        var slice = Assert.Single(await Archive.FindAsync(BarInterval.OneMinute, _march, Cancellation));

        await Assert.ThrowsAsync<IOException>(() => Archive.MoveOutAsync(slice, _folder, null, Cancellation));

        Assert.Equal(11L, await CountAsync("minute_bars_2024_01"));
    }

    /// <summary>Stores minutes of both instruments.</summary>
    /// <returns>What a file says of them, by ticker and time.</returns>
    private async Task<string[]> StoreMinutesAsync(DateTime first, int count)
    {
        var (bars, lines) = (new List<InstrumentBar>(), new List<string>());
        foreach (var ticker in new[] { "AAA", "BBB" })
        {
            var id = (await Database.InstrumentAsync(ticker)).Id;
            for (var minute = 0; minute < count; minute++)
            {
                var time = first.AddMinutes(minute);
                var close = 10 + (minute / 8d);
                bars.Add(new(id, new Bar(time, 10, close + 0.1, 9.5, close, 100 * minute), BarSource.Live));
                lines.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ticker},1m,{time:yyyy-MM-ddTHH:mm:ss.ffffffZ},10,{close + 0.1:R},9.5,{close:R},{100 * minute},2"));
            }
        }

        await Database.Bars.UpsertAsync(BarInterval.OneMinute, bars, Cancellation);
        return [.. lines];
    }

    private static async Task<string[]> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var text = new StreamReader(unpacked);
        return (await text.ReadToEndAsync(Cancellation)).TrimEnd('\n').Split('\n');
    }

    private async Task<long> CountAsync(string table) => (long)(await ScalarAsync($"SELECT count(*) FROM {table}"))!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using NpgsqlCommand command = Database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation) is var value && value is DBNull ? null : value;
    }
}
