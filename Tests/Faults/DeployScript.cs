using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Trading.Tests.Faults;

/// <summary>A script of deploy/, run against a server.</summary>
internal static class DeployScript
{
    public static async Task RunAsync(
        string script, string[] arguments, NpgsqlConnectionStringBuilder server, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Path.Combine(RepositoryFolder.Path, "deploy", script), arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["PGHOST"] = server.Host,
                ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = server.Username,
                ["PGPASSWORD"] = server.Password,
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{script} ended with {process.ExitCode}: {await output}{error}");
        }
    }
}
