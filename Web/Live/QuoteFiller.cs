using System.Threading.Channels;
using Trading.Contracts;

namespace Trading.Web.Live;

/// <summary>Asks for what updates lack (open, range, source), many tickers at a time, until it is there.</summary>
/// <param name="services">Gives a client per request, so that its connections are renewed.</param>
/// <param name="fill">Takes the answers.</param>
/// <param name="time">Measures the waits.</param>
/// <param name="logger">Is told of failures.</param>
internal sealed partial class QuoteFiller(
    IServiceProvider services, Action<IReadOnlyList<QuoteResponse>> fill, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan _gathering = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _retry = TimeSpan.FromSeconds(2);

    private readonly Channel<string> _wanted = Channel.CreateUnbounded<string>();

    public void Request(IEnumerable<string> tickers)
    {
        foreach (var ticker in tickers)
        {
            _wanted.Writer.TryWrite(ticker);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _wanted.Reader.WaitToReadAsync(cancellationToken))
            {
                await Task.Delay(_gathering, time, cancellationToken);
                await FillAsync(Take(), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The way to end.
        }
    }

    private HashSet<string> Take()
    {
        var tickers = new HashSet<string>();
        while (tickers.Count < TradingClient.MaxQuoteTickers && _wanted.Reader.TryRead(out var ticker))
        {
            tickers.Add(ticker);
        }

        return tickers;
    }

    private async Task FillAsync(IReadOnlyCollection<string> tickers, CancellationToken cancellationToken)
    {
        try
        {
            var client = services.GetRequiredService<TradingClient>();
            var answer = await client.GetQuotesAsync(tickers, cancellationToken);
            fill(answer.Quotes);
        }
        catch (TradingApiException exception)
            when (exception.Code is ErrorCodes.UnknownTicker or ErrorCodes.InvalidTicker)
        {
            // One ticker that is gone must not keep the others dark.
            foreach (var half in tickers.Count > 1 ? tickers.Chunk((tickers.Count + 1) / 2) : [])
            {
                await FillAsync(half, cancellationToken);
            }
        }
        catch (TradingApiException exception)
        {
            LogNotFilled(logger, tickers.Count, exception.Detail);
            Request(tickers);
            await Task.Delay(exception.RetryAfter ?? _retry, time, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No quotes of {Count} instruments yet: {Detail}")]
    private static partial void LogNotFilled(ILogger logger, int count, string detail);
}
