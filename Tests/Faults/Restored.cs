using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Trading.Tests.Faults;

/// <summary>A PostgreSQL server on a data folder, for the length of a test.</summary>
internal sealed class Restored(string folder) : IAsyncDisposable
{
    private static readonly string _program = Directory.GetDirectories("/usr/lib/postgresql")
        .Select(version => Path.Combine(version, "bin", "postgres")).Where(File.Exists).Max()!;

    private Process? _server;

    public string Folder => folder;

    public async Task<NpgsqlDataSource> StartAsync(
        string password, CancellationToken cancellation, string name = "tradingdb")
    {
        var port = FreePort();
        string[] command =
        [
            _program, "-D", folder, "-c", $"port={port.ToString(CultureInfo.InvariantCulture)}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200",
        ];
        _server = AsOwner(command);
        var database = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database={name};Pooling=false");
        await Eventually.IsTrueAsync(() => AnswersAsync(database, cancellation), "the restored server answers");
        return database;
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    public static Process AsOwner(params string[] command) => Environment.UserName == "root"
        ? Process.Start("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--reset-env", .. command])
        : Process.Start(command[0], command[1..]);

    /// <summary>Another of the server's programs.</summary>
    public static string Program(string name) => Path.Combine(Path.GetDirectoryName(_program)!, name);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
    }

    private static async Task<bool> AnswersAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT 1");
            return await command.ExecuteScalarAsync(cancellation) is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
