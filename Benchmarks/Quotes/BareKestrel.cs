using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Quotes;

/// <summary>The least that answers at all: Kestrel, no routing, no logs, always the same bytes.</summary>
internal static class BareKestrel
{
    public const string Verb = "--bare-kestrel";

    /// <summary>Starts it in a process of its own, with the runtime settings of the API.</summary>
    public static async Task<ChildProcess> StartAsync(
        Repository repository, int port, string bodyFile, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start("dotnet",
        [
            "exec",
            "--runtimeconfig", Path.ChangeExtension(repository.Program("ApiService"), ".runtimeconfig.json"),
            repository.Program("Benchmarks"),
            Verb, port.ToString(CultureInfo.InvariantCulture), bodyFile,
        ]);
        await Loopback.WaitAsync(port, process, cancellationToken);
        return process;
    }

    public static async Task<int> RunAsync(string port, string bodyFile, CancellationToken cancellationToken)
    {
        var body = await File.ReadAllBytesAsync(bodyFile, cancellationToken);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = body.Length;
            body.CopyTo(context.Response.BodyWriter.GetSpan(body.Length));
            context.Response.BodyWriter.Advance(body.Length);
            return Task.CompletedTask;
        });
        await app.StartAsync(cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
        return 0;
    }
}
