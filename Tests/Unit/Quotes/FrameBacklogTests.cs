using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Trading.PricingWorker.Hosting;
using Trading.PricingWorker.Quotes;
using Trading.PricingWorker.Sources;

namespace Trading.Tests.Unit.Quotes;

public sealed class FrameBacklogTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly FrameBacklog _backlog;
    private long _lost;

    public FrameBacklogTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "trading.quote.frame.lost" && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _lost += value);
        _listener.Start();
        _backlog = new FrameBacklog(
            Options.Create(new QuoteOptions { BacklogBytes = 1000 }),
            new WorkerMetrics(meters),
            NullLogger<FrameBacklog>.Instance);
    }

    [Fact]
    public void Frames_leave_in_order_and_stay_until_they_are_taken()
    {
        Add(1, 2, 3);

        Assert.Equal([1, 2], _backlog.Peek(2).Select(frame => frame.Sequence));
        Assert.Equal(3, _backlog.Count);

        _backlog.RemoveUpTo(2);

        Assert.Equal([3], _backlog.Peek(10).Select(frame => frame.Sequence));
    }

    [Fact]
    public void When_full_the_oldest_are_dropped_and_counted()
    {
        Add(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

        Assert.Equal([3, 4], _backlog.Peek(2).Select(frame => frame.Sequence));
        Assert.Equal(10, _backlog.Count);
        Assert.Equal(2, _lost);
    }

    [Fact]
    public async Task Waiting_ends_with_the_next_frame()
    {
        var waiting = _backlog.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        Add(1);

        await waiting.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private void Add(params long[] sequences)
    {
        foreach (var sequence in sequences)
        {
            _backlog.Add(new TickFrame(sequence, 1, new byte[100], []));
        }
    }
}
