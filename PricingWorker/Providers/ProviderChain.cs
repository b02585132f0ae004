using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers;

/// <summary>
/// The providers of one class of instruments, in order: what one fails to give, the next is asked for.
/// </summary>
internal sealed partial class ProviderChain(
    IReadOnlyList<IMarketDataProvider> providers,
    ProviderRecords records,
    ProviderMetrics metrics,
    TimeProvider time,
    ILogger<ProviderChain> logger)
{
    public IReadOnlyList<IMarketDataProvider> Providers => providers;

    public bool IsSynthetic => providers.Any(provider => provider.Name.IsSynthetic());

    /// <param name="instrument">Of what.</param>
    /// <param name="from">The first session.</param>
    /// <param name="to">The last one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="ability">What is wanted: bars, or the actions that some give with them.</param>
    /// <exception cref="ProviderException">None of them gave it; why the last did not.</exception>
    public async Task<(ProviderName Provider, ProviderHistory History)> ReadDailyAsync(
        Instrument instrument,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken,
        ProviderAbilities ability = ProviderAbilities.DailyBars)
    {
        ProviderException? last = null;
        foreach (var provider in Able(ability).Where(one => one.Covers(instrument)))
        {
            CountFailover(last);
            try
            {
                var history = await provider.ReadDailyAsync(instrument, from, to, cancellationToken);
                ThrowIfSenseless(provider, instrument, history);
                metrics.Read(provider.Name, history.Bars.Count);
                return (provider.Name, history);
            }
            catch (ProviderException failure)
            {
                LogFailed(provider.Name, instrument.Ticker, failure.Kind, failure.Message);
                last = failure;
                last.Data[nameof(ProviderName)] = provider.Name;
            }
        }

        throw last ?? (Able(ability).Any()
            ? ProviderException.NotFound(instrument.Ticker)
            : new ProviderException(FailureKind.Fatal, $"No provider of past sessions is configured for {instrument.Ticker}."));
    }

    /// <summary>
    /// The newest quotes that any of them gives. Where the first has an old one, the next may have a newer.
    /// </summary>
    public async Task<IReadOnlyCollection<SourcedQuote>> ReadQuotesAsync(
        IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, SourcedQuote>(instruments.Count);
        IReadOnlyList<Instrument> missing = instruments;
        ProviderException? last = null;
        foreach (var provider in Able(ProviderAbilities.Quotes))
        {
            Instrument[] asked = [.. missing.Where(provider.Covers)];
            if (asked.Length == 0)
            {
                continue;
            }

            CountFailover(last);
            last = await TryReadAsync(provider, asked, found, cancellationToken);
            missing = [.. missing.Where(one => !found.TryGetValue(one.Ticker, out var quote) || quote.IsLate)];
        }

        return found.Values;
    }

    public IEnumerable<IMarketDataProvider> Able(ProviderAbilities ability) =>
        providers.Where(provider => provider.Abilities.HasFlag(ability));

    private async Task<ProviderException?> TryReadAsync(
        IMarketDataProvider provider,
        Instrument[] asked,
        Dictionary<string, SourcedQuote> found,
        CancellationToken cancellationToken)
    {
        try
        {
            var answer = await provider.ReadQuotesAsync(asked, cancellationToken);
            var odd = Keep(provider, answer, found);
            return (answer.Failure ?? odd) is { } failure ? Failed(provider, asked, failure) : null;
        }
        catch (ProviderException failure)
        {
            return Failed(provider, asked, failure);
        }
    }

    private ProviderException Failed(IMarketDataProvider provider, Instrument[] asked, ProviderException failure)
    {
        LogFailed(provider.Name, asked.Length == 1 ? asked[0].Ticker : "quotes", failure.Kind, failure.Message);
        failure.Data[nameof(ProviderName)] = provider.Name;
        return failure;
    }

    /// <summary>Keeps the quotes that make sense.</summary>
    /// <returns>Why the last of the others was left out.</returns>
    private ProviderException? Keep(
        IMarketDataProvider provider, QuoteAnswer answer, Dictionary<string, SourcedQuote> found)
    {
        var now = time.GetUtcNow().UtcDateTime;
        List<ProviderException> odd = [.. answer.LeftOut];
        foreach (var quote in answer.Quotes)
        {
            if (OddityOf(in quote, now) is { } why)
            {
                odd.Add(ProviderException.Invalid($"The quote of {quote.Quote.Ticker} {why}."));
            }
            else
            {
                Keep(SourcedQuote.Of(provider, in quote, now), found);
            }
        }

        odd.ForEach(why => records.Find(provider.Name)?.LeftOut(why));
        return odd.LastOrDefault();
    }

    private static string? OddityOf(in ProvidedQuote quote, DateTime utc) =>
        !quote.Quote.IsSound ? "has prices that cannot be"
        : quote.Time > utc.AddMinutes(1) ? "is of the future"
        : null;

    private static void Keep(SourcedQuote quote, Dictionary<string, SourcedQuote> found)
    {
        if (!found.TryGetValue(quote.Ticker, out var known) || quote.Provided.Time > known.Provided.Time)
        {
            found[quote.Ticker] = quote;
        }
    }

    // A row that cannot be is rejected by itself; where most cannot, it is another thing than prices.
    private void ThrowIfSenseless(IMarketDataProvider provider, Instrument instrument, ProviderHistory history)
    {
        var unsound = history.Bars.Count(bar => BarQuality.Check(bar.Bar) is not null);
        if (unsound * 2 > history.Bars.Count)
        {
            var failure = ProviderException.Invalid(
                $"{unsound} of {history.Bars.Count} bars of {instrument.Ticker} cannot be.");
            records.Find(provider.Name)?.Failed(failure, TimeSpan.Zero);
            throw failure;
        }
    }

    private void CountFailover(ProviderException? last)
    {
        if (last?.Data[nameof(ProviderName)] is ProviderName from)
        {
            metrics.FailedOver(from);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Provider} does not give {What}: {Kind}, {Reason}")]
    private partial void LogFailed(ProviderName provider, string what, FailureKind kind, string reason);
}
