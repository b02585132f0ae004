using Trading.Contracts;

namespace Trading.Tests.Integration;

/// <summary>A WebSocket subscription for the length of a test.</summary>
public sealed class Listening : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private Listening(QuoteStream stream) => _running = stream.RunAsync(_stop.Token);

    public static Listening To(TradingSystem system, string ticker, Action<PriceUpdate> onUpdate)
    {
        var stream = new QuoteStream(new QuoteStreamOptions
        {
            Url = QuoteStream.UrlOf(system.ApiAddress, $"test-{Guid.NewGuid():n}"),
            OnUpdate = onUpdate,
        });
        stream.Subscribe(ticker);
        return new Listening(stream);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
