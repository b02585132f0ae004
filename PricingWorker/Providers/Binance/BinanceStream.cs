using System.Globalization;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Binance;

/// <summary>
/// The days under way as they change, over combined streams: one, or as many as the names of all need. The server ends
/// each after a day, and whoever reads begins anew.
/// </summary>
internal sealed class BinanceStream(BinanceOptions options, ProviderRecord record, TimeProvider time)
{
    // An address must not grow without end; Binance itself takes 1024 names in one.
    private const int MostNames = 200;
    private const int LongestMessage = 1 << 16;
    private const int MostWaiting = 1024;

    public IAsyncEnumerable<ProvidedQuote> ReadAsync(
        IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken)
    {
        Dictionary<string, string>[] parts =
            [.. TickersOf(instruments).Chunk(MostNames).Select(part => part.ToDictionary())];
        return parts.Length == 1 ? ReadAsync(parts[0], cancellationToken) : MergeAsync(parts, cancellationToken);
    }

    /// <summary>Several streams as one, which ends with the first of them that ends.</summary>
    private async IAsyncEnumerable<ProvidedQuote> MergeAsync(
        Dictionary<string, string>[] parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var quotes = Channel.CreateBounded<ProvidedQuote>(MostWaiting);
        var reading = parts.Select(part => CopyAsync(part, quotes.Writer, end.Token)).ToArray();
        try
        {
            await foreach (var quote in quotes.Reader.ReadAllAsync(cancellationToken))
            {
                yield return quote;
            }
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(reading);
        }
    }

    private async Task CopyAsync(
        Dictionary<string, string> tickers, ChannelWriter<ProvidedQuote> quotes, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var quote in ReadAsync(tickers, cancellationToken))
            {
                await quotes.WriteAsync(quote, cancellationToken);
            }

            quotes.TryComplete();
        }
        catch (Exception error)
        {
            quotes.TryComplete(error);
        }
    }

    private async IAsyncEnumerable<ProvidedQuote> ReadAsync(
        Dictionary<string, string> tickers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var previousCloses = new Dictionary<string, (long Day, double Close, double Before)>();
        using var socket = new ClientWebSocket();
        await ConnectAsync(socket, tickers.Keys, cancellationToken);
        var buffer = new byte[LongestMessage];
        while (true)
        {
            var message = await ReceiveAsync(socket, buffer, cancellationToken);
            if (message?.Data is { Type: "kline", Candle: { } candle, Symbol: { } symbol } data
                && tickers.TryGetValue(symbol, out var ticker))
            {
                yield return QuoteOf(ticker, data.Time, candle, previousCloses);
            }
        }
    }

    private static Dictionary<string, string> TickersOf(IReadOnlyList<Instrument> instruments)
    {
        var tickers = new Dictionary<string, string>();
        foreach (var instrument in instruments)
        {
            if (BinanceSymbols.TryFind(instrument, out var symbol))
            {
                tickers[symbol] = instrument.Ticker;
            }
        }

        return tickers;
    }

    private async Task ConnectAsync(
        ClientWebSocket socket, IEnumerable<string> symbols, CancellationToken cancellationToken)
    {
        using var activity = record.Begin("stream");
        var names = string.Join('/', symbols.Select(symbol => $"{symbol.ToLowerInvariant()}@kline_1d"));
        var started = time.GetTimestamp();
        await SortedAsync(
            token => socket.ConnectAsync(new Uri(options.StreamUrl, $"/stream?streams={names}"), token),
            options.Timeout,
            cancellationToken);
        record.Succeeded(time.GetElapsedTime(started));
    }

    private async Task<BinanceEnvelope?> ReceiveAsync(
        ClientWebSocket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            if (length == buffer.Length)
            {
                throw Failed(ProviderException.Invalid($"A message is longer than {LongestMessage} bytes."));
            }

            part = default;
            await SortedAsync(
                async token => part = await socket.ReceiveAsync(buffer.AsMemory(length), token),
                options.Silence,
                cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw Failed(new ProviderException(FailureKind.Transient, "The stream was closed there."));
            }

            length += part.Count;
        }
        while (!part.EndOfMessage);

        return Parse(buffer.AsSpan(0, length));
    }

    private BinanceEnvelope? Parse(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, BinanceJson.Default.BinanceEnvelope);
        }
        catch (JsonException error)
        {
            throw Failed(ProviderException.Invalid("A message of the stream makes no sense.", error));
        }
    }

    private async Task SortedAsync(
        Func<CancellationToken, Task> act, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await act(either.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is WebSocketException or OperationCanceledException or IOException or HttpRequestException)
        {
            var what = deadline.IsCancellationRequested
                ? $"The stream was silent for {limit.TotalSeconds:0.###} s."
                : error.Message;
            throw Failed(new ProviderException(FailureKind.Transient, what, error));
        }
    }

    private ProviderException Failed(ProviderException failure)
    {
        record.Failed(failure, TimeSpan.Zero);
        return failure;
    }

    private ProvidedQuote QuoteOf(
        string ticker,
        long milliseconds,
        BinanceCandle candle,
        Dictionary<string, (long Day, double Close, double Before)> days)
    {
        var close = Number(candle.Close);
        var known = days.GetValueOrDefault(ticker, (Day: candle.OpenTime, Close: close, Before: double.NaN));
        // Of a new day, the close before is the last price of the day before.
        var before = candle.OpenTime > known.Day ? known.Close : known.Before;
        days[ticker] = (candle.OpenTime, close, before);
        var quote = new Quote(
            ticker, close, before, Number(candle.Open), Number(candle.High), Number(candle.Low), Number(candle.Volume));
        return milliseconds is > 0 and < Kline.LatestTime
            ? new ProvidedQuote(quote, DateTime.UnixEpoch.AddMilliseconds(milliseconds), IsTrading: true)
            : throw Failed(ProviderException.Invalid($"{milliseconds} is no time of a message."));
    }

    private double Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Failed(ProviderException.Invalid($"'{text}' in a message of the stream is no number."));
}
