using System.Globalization;
using Npgsql;
using Trading.Tests.Integration;

namespace Trading.Tests.Faults;

/// <summary>The scripts of deploy/, on the running system's PostgreSQL.</summary>
[Collection(SystemTests.Name)]
public sealed class BackupTests(TradingSystem system) : IAsyncDisposable
{
    private const string TablesQuery =
        """
        SELECT string_agg(format('SELECT %L, md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM %I t', relname, relname),
            ' UNION ALL ' ORDER BY relname)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        """;

    private readonly List<string> _folders = [];
    private Restored? _restored;
    private bool _stopped;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_restored is not null)
        {
            await _restored.DisposeAsync();
        }

        if (_stopped)
        {
            // The tests that follow need it, whatever became of this one.
            await ScalarAsync("DROP TABLE IF EXISTS after_the_backup");
            await system.StartAsync("pricingworker");
            await system.StartAsync("apiservice");
            await system.WaitUntilHealthyAsync("pricingworker", Cancellation);
            await system.WaitUntilHealthyAsync("apiservice", Cancellation);
        }

        foreach (var folder in _folders)
        {
            await ArchiveFolder.DeleteAsync(folder);
        }
    }

    [Fact]
    public async Task A_base_backup_plus_WAL_restored_to_time_T_equals_a_checksum_taken_at_T()
    {
        _stopped = true;
        await system.StopAsync("pricingworker");
        await system.StopAsync("apiservice");
        var server = new NpgsqlConnectionStringBuilder(await system.ConnectionStringAsync("tradingdb"));
        var archive = await ScalarAsync("SHOW trading.wal_archive");
        var before = Directory.GetDirectories(archive, "base-*");
        var id = await ScalarAsync("SELECT system_identifier FROM pg_control_system()");
        _folders.Add(Path.Combine(archive, "wal", id));
        await DeployScript.RunAsync("backup.sh", [], server, Cancellation);
        _folders.AddRange(Directory.GetDirectories(archive, "base-*").Except(before));

        await ScalarAsync("CREATE TABLE after_the_backup AS SELECT n, md5(n::text) FROM generate_series(1, 10000) n");
        var checksum = await ChecksumAsync(system.Database);
        var at = await ScalarAsync("SELECT clock_timestamp()::text");
        await ScalarAsync("DELETE FROM after_the_backup WHERE n > 10");
        await ArchivedAsync(await ScalarAsync("SELECT pg_walfile_name(pg_switch_wal())"));

        _restored = new Restored(Path.Combine(archive, $"restored-{Guid.NewGuid():n}"));
        _folders.Add(_restored.Folder);
        await DeployScript.RunAsync("restore.sh", [archive, "latest", _restored.Folder, at], server, Cancellation);
        await using var restored = await _restored.StartAsync(server.Password!, Cancellation);

        Assert.Equal(checksum, await ChecksumAsync(restored));
    }

    [Fact]
    public async Task A_restore_of_a_backup_that_is_not_there_says_which_there_are()
    {
        var archive = await ScalarAsync("SHOW trading.wal_archive");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DeployScript.RunAsync(
                "restore.sh", [archive, "base-none", Path.Combine(archive, "never")], new(), Cancellation));

        Assert.Contains("There is no backup base-none", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> ChecksumAsync(NpgsqlDataSource database)
    {
        await using var tables = database.CreateCommand(TablesQuery);
        var each = (string)(await tables.ExecuteScalarAsync(Cancellation))!;
        await using var all = database.CreateCommand($"SELECT string_agg(s::text, ' ' ORDER BY s::text) FROM ({each}) s");
        return (string)(await all.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task<string> ScalarAsync(string sql)
    {
        await using var command = system.Database.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture) ?? "";
    }

    private Task ArchivedAsync(string log) => Eventually.IsTrueAsync(
        async () => string.CompareOrdinal(await ScalarAsync("SELECT last_archived_wal FROM pg_stat_archiver"), log) >= 0,
        $"the log {log} is archived",
        TimeSpan.FromMinutes(3));
}
