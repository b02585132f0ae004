using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Trading.Standalone.Hosting;

/// <summary>A real Redis server, on a free loopback port.</summary>
internal sealed class RedisLauncher(RedisResource redis, LocalFolders folders) : ILauncher
{
    private static readonly string[] _programs =
        ["/usr/bin/redis-server", "/usr/local/bin/redis-server", "/usr/bin/valkey-server"];

    private StoreFolder? _folder;

    public async Task<Launch> PrepareAsync(CancellationToken cancellation)
    {
        var program = _programs.FirstOrDefault(File.Exists)
            ?? throw new DistributedApplicationException("Redis is missing. Install it: apt-get install redis-server");
        var user = await UserAsync(cancellation);
        _folder ??= await StoreFolder.OpenAsync(
            folders, redis.Name, redis.Last<DataFolderAnnotation>()?.Name, user, cancellation);
        var save = redis.Persistence is { } kept ? $"{(int)kept.Interval.TotalSeconds} {kept.Changes}" : "\"\"";
        var password = await redis.PasswordParameter!.GetValueAsync(cancellation);
        return StoreFolder.AsOwner(user, program, "-") with
        {
            Input = $"""
                port {redis.Endpoint.Allocated[0]}
                bind 127.0.0.1
                requirepass {password}
                dir {_folder.Path}
                save {save}
                appendonly no
                daemonize no

                """,
        };
    }

    public async Task<bool> IsHealthyAsync(CancellationToken cancellation)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, redis.Endpoint.Allocated[0], cancellation);
            var stream = client.GetStream();
            var password = await redis.PasswordParameter!.GetValueAsync(cancellation);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {password}\r\nPING\r\n"), cancellation);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(cancellation) == "+OK" && await reader.ReadLineAsync(cancellation) == "+PONG";
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    public void CleanUp() => _folder?.DeleteUnlessKept();

    private static async Task<string> UserAsync(CancellationToken cancellation)
    {
        var users = await File.ReadAllLinesAsync("/etc/passwd", cancellation);
        return users.Any(line => line.StartsWith("redis:", StringComparison.Ordinal)) ? "redis" : "nobody";
    }
}
