using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Trading.Contracts;
using Trading.Domain.Signals;
using Trading.Domain.Strategies;
using Trading.Tests.Unit.Api;
using Trading.Tests.Unit.Signals;

namespace Trading.Tests.Integration;

/// <summary>From a bar that closes, over the worker, to those who listen.</summary>
[Collection(SystemTests.Name)]
public sealed class SignalDeliveryTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signal_that_ends_is_told_over_the_users_stream_and_to_webhooks()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var receiver = await HookReceiver.StartAsync();
        await user.Api.CreateWebhookAsync(new(receiver.Url.ToString(), [WebhookEventTypes.SignalResolved]), Cancellation);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {user.Tokens.AccessToken}");
        await socket.ConnectAsync(UserStream.UrlOf(system.ApiAddress), Cancellation);
        using var stream = new StreamClient(socket);
        await stream.ReadUntilAsync("authenticated");
        var (ticker, signal) = await ActiveSignalAsync(user);

        // A day that falls, or rises, through the stop, and has closed just now.
        var beyond = signal.Stop + (2 * (signal.Stop - signal.Entry));
        await InsertAsync(ticker, PriceHistory.Of(
        [
            new(
                TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-20),
                signal.Entry,
                Math.Max(signal.Entry, beyond),
                Math.Min(signal.Entry, beyond),
                beyond,
                1000),
        ]));

        var told = await ReadAsync(stream, signal.Id);
        Assert.Equal(("signal.resolved", "stopped"), ((string?)told["event"], (string?)told["state"]));
        Assert.Equal(signal.Stop, (double)told["exit_price"]!);
        Assert.Equal((ticker, "1d"), ((string?)told["ticker"], (string?)told["interval"]));
        JsonNode? hook = null;
        await Eventually.IsTrueAsync(
            () =>
            {
                hook = receiver.Received.Select(one => JsonNode.Parse(one.Body)!)
                    .FirstOrDefault(body => (string?)body["data"]!["id"] == signal.Id.ToString());
                return Task.FromResult(hook is not null);
            },
            "the webhook of the signal");
        Assert.Equal("signal.resolved", (string?)hook!["type"]);
        Assert.Equal("stop touched", (string?)hook["data"]!["reason"]);
    }

    private static async Task<JsonNode> ReadAsync(StreamClient stream, Guid id)
    {
        while (true)
        {
            // Signals of the others come in between.
            var message = await stream.ReadUntilAsync("signal");
            if ((string?)message["id"] == id.ToString())
            {
                return message;
            }
        }
    }

    /// <summary>An instrument of the test's own whose past ends just where a signal is made, as the worker follows it.</summary>
    private async Task<(string Ticker, SignalResponse Signal)> ActiveSignalAsync(TestUser user)
    {
        var history = Days.Of(5);
        var last = SignalReplay.Run(new SignalScores(history, SignalRules.Default), 0, null).Made[^1].Signal.Time;
        var ticker = $"TOLD{Guid.NewGuid().ToString("n")[..8].ToUpperInvariant()}";
        await using var add = system.Database.CreateCommand(
            """
            INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
            VALUES ($1, $1, 'GB', 'GBP', 'XLON', false)
            """);
        add.Parameters.Add(new() { Value = ticker });
        await add.ExecuteNonQueryAsync(Cancellation);
        // In whole weeks to the days just gone: a signal whose instrument has no bars for long ends for that.
        var weeks = Math.Floor(((TimeProvider.System.GetUtcNow().UtcDateTime - last).TotalDays - 2) / 7);
        await InsertAsync(ticker, history.Prefix(history.Times.Span.IndexOf(last) + 1), TimeSpan.FromDays(7 * weeks));
        SignalResponse? active = null;
        await Eventually.IsTrueAsync(
            async () =>
            {
                var search = new SignalSearch { Ticker = ticker, State = "active", Limit = 1 };
                active = (await user.Api.SearchSignalsAsync(search, Cancellation)).Items is [var only] ? only : null;
                return active is not null;
            },
            "the worker follows the instrument");
        return (ticker, active!);
    }

    private async Task InsertAsync(string ticker, PriceHistory history, TimeSpan later = default)
    {
        await using var insert = system.Database.CreateCommand(
            """
            INSERT INTO daily_bars (instrument_id, time, open, high, low, close, volume, source)
            SELECT id, bar.* , 1 FROM instruments, unnest($2, $3, $4, $5, $6, $7) AS bar (time, open, high, low, close, volume)
            WHERE ticker = $1
            """);
        insert.Parameters.Add(new() { Value = ticker });
        insert.Parameters.Add(new() { Value = history.Times.ToArray().Select(time => time + later).ToArray() });
        foreach (var column in new[] { history.Open, history.High, history.Low, history.Close, history.Volume })
        {
            insert.Parameters.Add(new() { Value = column.ToArray() });
        }

        await insert.ExecuteNonQueryAsync(Cancellation);
    }
}
