using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Trading.ApiService.Quotes;
using Trading.ApiService.Stream;
using Trading.ApiService.Telemetry;

namespace Trading.Benchmarks.Micro;

/// <summary>One tick of 20 tickers to 100 subscribers of all of them: marked by the fan-out, taken by each connection.</summary>
[MemoryDiagnoser]
public class FanOutMarks
{
    private const int Tickers = 20;
    private const int Subscribers = 100;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly List<StreamConnection> _connections = [];
    private readonly QuoteBoard _board = new();
    private readonly StreamHub _hub;

    public FanOutMarks()
    {
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new ApiMetrics(services.GetRequiredService<IMeterFactory>());
        _hub = new StreamHub(metrics);
        _board.Apply(SampleQuotes.Frame(SampleQuotes.Make(Tickers), 1), whole: false, out _);
        for (var index = 0; index < Subscribers; index++)
        {
            Subscribe(new StreamConnection(
                System.IO.Stream.Null, new StreamOptions(), _hub, metrics, TimeProvider.System, static () => { }));
        }
    }

    [Benchmark(OperationsPerInvoke = Tickers * Subscribers, Description = "mark a message and take it")]
    public int MarkAndTake()
    {
        _hub.Publish(_board.Changed, 1);
        var messages = 0;
        foreach (var connection in _connections)
        {
            messages += connection.Subscriptions.Take(_buffer, _hub.Published).Updates;
        }

        return messages;
    }

    private void Subscribe(StreamConnection connection)
    {
        // Held, so that the connection's own writer leaves the marks to the benchmark.
        connection.Hold();
        foreach (var slot in _board.Changed)
        {
            _hub.Add(connection.Subscriptions, slot);
        }

        _connections.Add(connection);
    }
}
