using System.Globalization;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.FanOut;

/// <summary>The peer of shared/peers, with the newest ws in a temporary folder.</summary>
internal sealed class FanOutPeer : IAsyncDisposable
{
    public const int Tickers = 100;
    public const int TicksPerSecond = 10;

    private readonly TempFolder _folder = new();
    private ChildProcess? _process;

    public int Port { get; } = Loopback.FreePort();

    public int ProcessId => _process!.Id;

    public static string Path(Repository repository)
    {
        Tools.Find("node");
        Tools.Find("npm");
        return repository.Shared("peers/ws_fanout.mjs");
    }

    public static async Task<FanOutPeer> StartAsync(Repository repository, CancellationToken cancellationToken)
    {
        var peer = new FanOutPeer();
        try
        {
            await peer.RunAsync(Path(repository), cancellationToken);
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task RunAsync(string script, CancellationToken cancellationToken)
    {
        await ChildProcess.RunAsync(
            Tools.Find("npm"),
            ["install", "--silent", "--no-audit", "--no-fund", "--prefix", _folder.Path, "ws"],
            cancellationToken);
        _process = ChildProcess.Start(
            Tools.Find("node"),
            [script, Text(Port), Text(Tickers), Text(TicksPerSecond)],
            new Dictionary<string, string> { ["NODE_PATH"] = _folder.Of("node_modules") });
        await Loopback.WaitAsync(Port, _process, cancellationToken);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
