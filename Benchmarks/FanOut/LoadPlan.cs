using System.Globalization;

namespace Trading.Benchmarks.FanOut;

/// <summary>What the load client is to do; written to a file, as it runs in a process of its own.</summary>
internal sealed record LoadPlan(int Port, string Path, IReadOnlyList<string> Tickers)
{
    public int Connections { get; init; } = 500;

    public int TickersEach { get; init; } = 20;

    public int WarmUpSeconds { get; init; } = 8;

    public int Seconds { get; init; } = 20;

    /// <summary>Processes whose CPU time over the window is wanted, by name.</summary>
    public Dictionary<string, int> Processes { get; init; } = [];

    public string PathOf(int connection) =>
        Path.Replace("{id}", connection.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Each ticker has equally many subscribers, and neighbours differ.</summary>
    public IEnumerable<string> TickersOf(int connection) =>
        Enumerable.Range(connection * TickersEach, TickersEach).Select(index => Tickers[index % Tickers.Count]);
}
