using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Trading.ApiService.Instruments;
using Trading.ApiService.Quotes;
using Trading.Contracts;

namespace Trading.ApiService.Stream;

/// <summary>Does what clients ask for: subscribe, unsubscribe, resume.</summary>
internal sealed class StreamRequests(
    QuoteBoard board,
    InstrumentDirectory directory,
    StreamHub hub,
    StreamReplay replay,
    IOptions<StreamOptions> options,
    TimeProvider time)
{
    private const int LongestTickerShown = 40;

    private readonly StreamOptions _options = options.Value;

    public async Task SubscribeAsync(
        StreamSession session, IEnumerable<string?> tickers, CancellationToken cancellationToken)
    {
        var set = session.Connection.Subscriptions;
        var added = new HashSet<QuoteSlot>();
        foreach (var text in tickers)
        {
            if (await FindAsync(session, text, cancellationToken) is { } slot && !set.Contains(slot))
            {
                added.Add(slot);
            }
        }

        if (set.Count + added.Count > _options.MaxSubscriptions)
        {
            await session.FailAsync(
                WebSocketCloseStatus.PolicyViolation,
                ErrorCodes.TooManySubscriptions,
                $"At most {_options.MaxSubscriptions} tickers on one connection.",
                session.Asked);
            return;
        }

        await AddAsync(session, added, cancellationToken);
    }

    public async Task UnsubscribeAsync(
        StreamSession session, IEnumerable<string?> tickers, CancellationToken cancellationToken)
    {
        var set = session.Connection.Subscriptions;
        var removed = new List<string>();
        foreach (var text in tickers)
        {
            if (TickerText.TryRead(text, out var ticker) && board.TryFind(ticker, out var slot) && set.Contains(slot))
            {
                hub.Remove(set, slot);
                removed.Add(ticker);
            }
        }

        await session.Connection.SendAsync(ServerMessage.Tickers("unsubscribed", removed, session.Asked), cancellationToken);
    }

    public async Task ResumeAsync(StreamSession session, long sequence, CancellationToken cancellationToken)
    {
        if (session.ResumedAt is { } last && time.GetElapsedTime(last) < _options.ResumeEvery)
        {
            await session.Connection.SendAsync(
                ServerMessage.Error(
                    ErrorCodes.TooManyMessages, $"One resume in {_options.ResumeEvery.TotalSeconds} s.", session.Asked),
                cancellationToken);
            return;
        }

        var now = time.GetTimestamp();
        session.ResumedAt = now;
        if (await replay.SendAsync(session.Connection, sequence, null, cancellationToken))
        {
            session.ResumedFrom = (sequence, now);
            await session.Connection.SendAsync(
                ServerMessage.Sequence("resumed", board.Sequence, session.Asked), cancellationToken);
        }
        else
        {
            await ResyncAsync(session, cancellationToken);
        }
    }

    /// <summary>What was missed cannot be replayed; the newest quotes are all there is.</summary>
    private async Task ResyncAsync(StreamSession session, CancellationToken cancellationToken)
    {
        session.ResumedFrom = null;
        await session.Connection.SendAsync(
            ServerMessage.Sequence("resync_required", board.Sequence, session.Asked), cancellationToken);
        session.Connection.Subscriptions.MarkAll();
        session.Connection.Wake();
    }

    private async Task AddAsync(StreamSession session, HashSet<QuoteSlot> added, CancellationToken cancellationToken)
    {
        var connection = session.Connection;
        var all = connection.Subscriptions.Slots.Concat(added)
            .Select(slot => slot.Ticker)
            .Order(StringComparer.Ordinal);
        await connection.SendAsync(ServerMessage.Tickers("subscribed", all, session.Asked), cancellationToken);

        // Held back until the replay is through: an update must not be followed by older ones.
        connection.Hold();
        foreach (var slot in added)
        {
            hub.Add(connection.Subscriptions, slot);
        }

        // A client that resumes and then subscribes, in one or several messages, gets the updates that it missed.
        var replayed = session.ResumedFrom is not { } from
            || time.GetElapsedTime(from.At) > _options.ResumeEvery
            || await replay.SendAsync(connection, from.Sequence, added, cancellationToken);
        connection.Release();
        if (!replayed)
        {
            await ResyncAsync(session, cancellationToken);
        }
    }

    private async Task<QuoteSlot?> FindAsync(StreamSession session, string? text, CancellationToken cancellationToken)
    {
        if (!TickerText.TryRead(text, out var ticker))
        {
            await RefuseAsync(session, ErrorCodes.InvalidTicker, TickerText.Rule, text, cancellationToken);
            return null;
        }

        if (board.TryFind(ticker, out var slot))
        {
            return slot;
        }

        try
        {
            if (await directory.FindAsync(ticker, cancellationToken) is not null)
            {
                return board.Ensure(ticker);
            }

            await RefuseAsync(
                session, ErrorCodes.UnknownTicker, $"No instrument has the ticker {ticker}.", text, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            await RefuseAsync(
                session, ErrorCodes.Unavailable, "The instruments cannot be read; try again.", text, cancellationToken);
        }

        return null;
    }

    private static Task RefuseAsync(
        StreamSession session, string code, string message, string? ticker, CancellationToken cancellationToken)
    {
        var shown = ticker is { Length: > LongestTickerShown } ? ticker[..LongestTickerShown] : ticker;
        return session.Connection.SendAsync(ServerMessage.Error(code, message, session.Asked, shown ?? ""), cancellationToken);
    }
}
