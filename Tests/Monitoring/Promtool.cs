using System.Diagnostics;

namespace Trading.Tests.Monitoring;

/// <summary>Prometheus' own judge of metrics, configurations and rules.</summary>
internal static class Promtool
{
    /// <summary>What it says; nothing where it has no complaint.</summary>
    public static async Task<(int Code, string Said)> RunAsync(
        string arguments, string folder, string input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, (await output + await error).Trim());
    }
}
