using Microsoft.Extensions.Options;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Live;

/// <summary>
/// Keeps the quotes of every class that has providers fresh: over the stream of the first that has one, and by asking
/// for whatever no stream has confirmed.
/// </summary>
internal sealed partial class LiveFeeds(
    LiveSet live,
    ProviderMetrics metrics,
    IOptions<ProviderOptions> options,
    TimeProvider time,
    ILogger<LiveFeeds> logger) : BackgroundService
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.StartCounting();
        return Task.WhenAll(live.Sources.Values.SelectMany(source => source.Chain.Able(ProviderAbilities.Stream).Take(1)
            .Select(streaming => StreamAsync(source, streaming, stoppingToken))
            .Append(PollAsync(source, stoppingToken))));
    }

    private async Task PollAsync(LiveSource source, CancellationToken cancellationToken)
    {
        IReadOnlyList<Instrument> polled = [];
        while (true)
        {
            // A newly listed instrument does not wait for its turn.
            var since = Now;
            while (Now - since < options.Value.PollEvery && ReferenceEquals(polled, source.Instruments))
            {
                await Task.Delay(_lookEvery, time, cancellationToken);
            }

            polled = source.Instruments;
            await TryPollAsync(source, cancellationToken);
        }
    }

    private async Task TryPollAsync(LiveSource source, CancellationToken cancellationToken)
    {
        var due = source.Quotes.UnconfirmedSince(Now - (options.Value.PollEvery / 2));
        if (due.Count == 0)
        {
            return;
        }

        try
        {
            foreach (var quote in await source.Chain.ReadQuotesAsync(due, cancellationToken))
            {
                source.Quotes.Confirm(in quote, Now);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(error);
        }
    }

    private async Task StreamAsync(
        LiveSource source, IMarketDataProvider provider, CancellationToken cancellationToken)
    {
        var pause = _firstPause;
        while (true)
        {
            var instruments = source.Instruments;
            Instrument[] covered = [.. instruments.Where(provider.Covers)];
            var wasFed = covered.Length > 0
                && await TryStreamAsync(source, provider, covered, instruments, cancellationToken);
            pause = wasFed || covered.Length == 0 ? _firstPause : Longer(pause);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < _longestPause ? pause * 2 : _longestPause;

    /// <summary>Reads until the stream ends, or there is something else to read. True where anything came.</summary>
    private async Task<bool> TryStreamAsync(
        LiveSource source,
        IMarketDataProvider provider,
        Instrument[] covered,
        IReadOnlyList<Instrument> all,
        CancellationToken cancellationToken)
    {
        var wasFed = false;
        try
        {
            await foreach (var quote in provider.StreamAsync(covered, cancellationToken))
            {
                if (quote.Quote.IsSound)
                {
                    source.Quotes.Confirm(SourcedQuote.Of(provider, in quote, Now), Now);
                    wasFed = true;
                }

                if (!ReferenceEquals(all, source.Instruments))
                {
                    return true;
                }
            }
        }
        catch (ProviderException failure)
        {
            LogEnded(provider.Name, failure.Kind, failure.Message);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(error);
        }

        return wasFed;
    }

    [LoggerMessage(LogLevel.Information, "The stream of {Provider} ended ({Kind}: {Reason}); it is begun again.")]
    private partial void LogEnded(ProviderName provider, FailureKind kind, string reason);

    [LoggerMessage(LogLevel.Error, "Quotes could not be taken in; the next are asked for.")]
    private partial void LogFailed(Exception error);
}
