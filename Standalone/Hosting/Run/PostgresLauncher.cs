using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Trading.Standalone.Hosting;

/// <summary>A real PostgreSQL server with a data folder of its own, on a free loopback port.</summary>
internal sealed class PostgresLauncher(PostgresServerResource server, LocalFolders folders) : ILauncher
{
    private const string User = "postgres";
    private const string Script = "archive.sh";

    private StoreFolder? _folder;

    public async Task<Launch> PrepareAsync(CancellationToken cancellation)
    {
        var binaries = FindBinaries();
        _folder ??= await StoreFolder.OpenAsync(
            folders, server.Name, server.Last<DataFolderAnnotation>()?.Name, User, cancellation);
        if (_folder.IsNew)
        {
            await InitialiseAsync(binaries, _folder.Path, cancellation);
        }

        var archive = await folders.OpenArchiveAsync(User, cancellation);
        await PlaceScriptAsync(archive, cancellation);
        var port = server.Endpoint.Allocated[0].ToString(CultureInfo.InvariantCulture);
        return StoreFolder.AsOwner(
            User,
            Path.Combine(binaries, "postgres"),
            "-D", _folder.Path,
            "-c", $"port={port}",
            "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=",
            "-c", "max_connections=200",
            "-c", "shared_buffers=256MB",
            "-c", "max_wal_size=2GB",
            "-c", "archive_mode=on",
            "-c", "archive_timeout=300",
            "-c", $"archive_command=bash \"{archive}/{Script}\" \"{archive}\" \"%p\" %f",
            // Where deploy/backup.sh looks for it.
            "-c", $"trading.wal_archive={archive}",
            "-c", "log_min_messages=warning") with { StopSignal = ProcessSignals.Interrupt };
    }

    public async Task<bool> IsHealthyAsync(CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(await server.GetConnectionStringAsync(cancellation))
        {
            Database = "postgres",
            Pooling = false,
            Timeout = 3,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            foreach (var database in server.Databases)
            {
                await CreateAsync(connection, database.DatabaseName, cancellation);
            }

            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public void CleanUp() => _folder?.DeleteUnlessKept();

    // The database's user may not be able to enter the project's folder, where the script is. A server that runs may be
    // reading it: it is exchanged whole.
    private static async Task PlaceScriptAsync(string archive, CancellationToken cancellation)
    {
        var place = Path.Combine(archive, Script);
        var draft = $"{place}.{Guid.NewGuid():n}";
        await using (var script = typeof(PostgresLauncher).Assembly.GetManifestResourceStream(Script)!)
        await using (var file = File.Create(draft))
        {
            await script.CopyToAsync(file, cancellation);
        }

        File.Move(draft, place, overwrite: true);
    }

    private static string FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
            && Directory.GetDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "postgres")))
                .MaxBy(bin => bin, StringComparer.Ordinal) is { } newest
            ? newest
            : throw new DistributedApplicationException("PostgreSQL is missing. Install it: apt-get install postgresql");

    private static async Task CreateAsync(NpgsqlConnection connection, string database, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        find.Parameters.AddWithValue(database);
        if (await find.ExecuteScalarAsync(cancellation) is null)
        {
            await using var create = new NpgsqlCommand(
                $"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(database)}", connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }
    }

    private async Task InitialiseAsync(string binaries, string folder, CancellationToken cancellation)
    {
        // The password goes through pipes, the second made by the server's own user, who could not open root's:
        // it is on no command line and in no file.
        var launch = StoreFolder.AsOwner(
            User,
            "bash", "-c", "exec \"$0\" \"$@\" --pwfile=<(cat)",
            Path.Combine(binaries, "initdb"),
            "-D", folder, "-U", User, "-E", "UTF8", "--locale=C", "--no-sync", "--auth=scram-sha-256");
        using var process = Process.Start(new ProcessStartInfo(launch.FileName, launch.Arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteLineAsync(await server.PasswordParameter.GetValueAsync(cancellation));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        await output;
        if (process.ExitCode != 0)
        {
            throw new DistributedApplicationException($"initdb failed: {error.Trim()}");
        }
    }
}
