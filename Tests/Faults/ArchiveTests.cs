using System.Globalization;
using Npgsql;

namespace Trading.Tests.Faults;

/// <summary>Servers of their own that archive to one folder in turn, as before and after a reset.</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private const string Password = "any";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"trading-archive-{Guid.NewGuid():n}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Archive => Path.Combine(_folder, "backups");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Archive);
        File.Copy(Path.Combine(RepositoryFolder.Path, "deploy", "archive.sh"), Path.Combine(_folder, "archive.sh"));
        if (Environment.UserName == "root")
        {
            using var chown = System.Diagnostics.Process.Start("chown", ["-R", "postgres:", _folder]);
            await chown.WaitForExitAsync(Cancellation);
        }
    }

    public ValueTask DisposeAsync() => new(ArchiveFolder.DeleteAsync(_folder));

    [Fact]
    public async Task What_a_second_server_commits_after_its_backup_is_restored_whatever_the_first_has_archived()
    {
        await using (var one = new Restored(await MakeAsync("one")))
        await using (var database = await one.StartAsync(Password, Cancellation, "postgres"))
        {
            await RunAsync(database, "CREATE TABLE t (a text)");
            await CommitAsync(database, 6);
            await BackUpAsync(database);
            await CommitAsync(database, 4);
            await ArchivedAsync(database);
        }

        await using (var two = new Restored(await MakeAsync("two")))
        await using (var database = await two.StartAsync(Password, Cancellation, "postgres"))
        {
            await RunAsync(database, "CREATE TABLE t (a text)");
            await BackUpAsync(database);
            await CommitAsync(database, 10);
            await ArchivedAsync(database);
        }

        await using var three = new Restored(Path.Combine(_folder, "three"));
        await DeployScript.RunAsync(
            "restore.sh", [Archive, "latest", three.Folder], new() { Host = "nowhere" }, Cancellation);
        await using var restored = await three.StartAsync(Password, Cancellation, "postgres");

        Assert.Equal(10, await CountAsync(restored));
    }

    [Fact]
    public async Task The_log_is_not_counted_as_archived_where_another_file_has_its_name()
    {
        await using var server = new Restored(await MakeAsync("one"));
        await using var database = await server.StartAsync(Password, Cancellation, "postgres");
        await RunAsync(database, "CREATE TABLE t (a text)");
        await BackUpAsync(database);
        await ArchivedAsync(database);
        var id = await ScalarAsync(database, "SELECT system_identifier::text FROM pg_control_system()");
        var next = await ScalarAsync(database, "SELECT pg_walfile_name(pg_current_wal_lsn() + 1)");
        await File.WriteAllTextAsync(Path.Combine(Archive, "wal", id, $"{next}.gz"), "another", Cancellation);

        await CommitAsync(database, 1);
        await Eventually.IsTrueAsync(
            async () => await ScalarAsync(database, "SELECT last_failed_wal FROM pg_stat_archiver") == next,
            "a failure is counted");

        Assert.Equal("another", await File.ReadAllTextAsync(Path.Combine(Archive, "wal", id, $"{next}.gz"), Cancellation));
    }

    private async Task<string> MakeAsync(string name)
    {
        var folder = Path.Combine(_folder, name);
        using var making = Restored.AsOwner(
            Restored.Program("initdb"), "-D", folder, "-A", "trust", "-U", "postgres", "--no-sync");
        await making.WaitForExitAsync(Cancellation);
        Assert.Equal(0, making.ExitCode);
        await File.AppendAllTextAsync(
            Path.Combine(folder, "postgresql.conf"),
            $"""
            fsync = off
            archive_mode = on
            archive_command = 'bash "{_folder}/archive.sh" "{Archive}" "%p" %f'

            """,
            Cancellation);
        return folder;
    }

    private Task BackUpAsync(NpgsqlDataSource database) => DeployScript.RunAsync(
        "backup.sh", [Archive], new NpgsqlConnectionStringBuilder(database.ConnectionString), Cancellation);

    private static async Task CommitAsync(NpgsqlDataSource database, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            await RunAsync(database, "INSERT INTO t VALUES ('x')");
            await RunAsync(database, "SELECT pg_switch_wal()");
        }
    }

    private static async Task ArchivedAsync(NpgsqlDataSource database)
    {
        var log = await ScalarAsync(database, "SELECT pg_walfile_name(pg_switch_wal())");
        await Eventually.IsTrueAsync(
            async () => string.CompareOrdinal(
                await ScalarAsync(database, "SELECT last_archived_wal FROM pg_stat_archiver"), log) >= 0,
            $"the log {log} is archived");
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database) => long.Parse(
        await ScalarAsync(database, "SELECT count(*)::text FROM t"), CultureInfo.InvariantCulture);

    private static async Task<string> ScalarAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation) as string ?? "";
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
