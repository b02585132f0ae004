using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Trading.ServiceDefaults.Errors;

namespace Trading.Tests.Unit.Errors;

public sealed partial class SentryTests
{
    private const string Canary = "canary-1c22d7-of-the-tests";

    private readonly ConcurrentQueue<ErrorOccurrence> _stored = new();

    [Fact]
    public async Task An_error_reaches_Sentry_as_a_well_formed_envelope()
    {
        await using var sentry = await SentryReceiver.StartAsync(Results.Ok());
        await using var host = await ErrorHost.StartAsync("apiservice", StoreAsync, sentry.Dsn);
        using var activity = new Activity("request").Start();

        LogFailed(host.Logger, new InvalidOperationException("It broke."), "AAPL");
        var envelope = await FirstAsync(sentry);

        Assert.Equal("/api/42/envelope/", envelope.Path);
        Assert.Equal("application/x-sentry-envelope", envelope.ContentType);
        Assert.StartsWith("Sentry sentry_version=7, ", envelope.Auth, StringComparison.Ordinal);
        Assert.EndsWith("sentry_key=publickey", envelope.Auth, StringComparison.Ordinal);
        // Three lines of JSON: the envelope's header, the item's header, the item; a last line end is allowed.
        var lines = envelope.Body.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!.AsObject()).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.Equal("event", (string?)lines[1]["type"]);
        AssertEvent(lines[2], activity.TraceId.ToHexString());
        Assert.Equal((string?)lines[0]["event_id"], (string?)lines[2]["event_id"]);
    }

    [Fact]
    public async Task Secrets_are_redacted_before_they_reach_Sentry()
    {
        await using var sentry = await SentryReceiver.StartAsync(Results.Ok());
        await using var host = await ErrorHost.StartAsync("apiservice", StoreAsync, sentry.Dsn);

        LogFailed(host.Logger, new InvalidOperationException($"Login with password={Canary} failed."), Canary);
        var envelope = await FirstAsync(sentry);

        Assert.DoesNotContain(Canary, envelope.Body, StringComparison.Ordinal);
        Assert.Contains("password=[redacted]", envelope.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dead_Sentry_slows_nothing_and_no_error_is_counted_twice(bool hangs)
    {
        await using var sentry = await SentryReceiver.StartAsync(answer: null);
        await using var host = await ErrorHost.StartAsync(
            "apiservice", StoreAsync, hangs ? sentry.Dsn : "http://publickey@127.0.0.1:1/42");

        for (var error = 0; error < 3; error++)
        {
            LogFailed(host.Logger, new InvalidOperationException($"Number {error}."), "AAPL");
            await Eventually.IsTrueAsync(
                () => Task.FromResult(_stored.Any(stored => stored.Message == $"Number {error}.")),
                "the error is stored while Sentry is dead",
                TimeSpan.FromSeconds(4));
        }

        Assert.Equal(["Number 0.", "Number 1.", "Number 2."], _stored.Select(stored => stored.Message));
    }

    [Fact]
    public async Task Sentry_is_left_alone_when_it_says_so()
    {
        await using var sentry = await SentryReceiver.StartAsync(Results.StatusCode(429));
        await using var host = await ErrorHost.StartAsync("apiservice", StoreAsync, sentry.Dsn);

        LogFailed(host.Logger, new InvalidOperationException("First."), "AAPL");
        await FirstAsync(sentry);
        LogFailed(host.Logger, new InvalidOperationException("Second."), "AAPL");
        LogFailed(host.Logger, new InvalidOperationException("Third."), "AAPL");
        await Eventually.IsTrueAsync(() => Task.FromResult(_stored.Count == 3), "all are stored");

        Assert.Single(sentry.Envelopes);
    }

    private static void AssertEvent(JsonObject sent, string traceId)
    {
        Assert.Matches("^[0-9a-f]{32}$", (string?)sent["event_id"]);
        Assert.Equal(("error", "csharp"), ((string?)sent["level"], (string?)sent["platform"]));
        Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse((string)sent["timestamp"]!, null).Offset);
        var value = Assert.Single(sent["exception"]!["values"]!.AsArray())!;
        Assert.Equal("System.InvalidOperationException", (string?)value["type"]);
        Assert.Equal("It broke.", (string?)value["value"]);
        Assert.Equal("The quote of {Ticker} failed", (string?)sent["logentry"]!["formatted"]);
        Assert.Equal(traceId, (string?)sent["tags"]!["trace_id"]);
    }

    private static Task<SentryReceiver.Envelope> FirstAsync(SentryReceiver sentry) => Eventually.ReturnsAsync(
        () => Task.FromResult(sentry.Envelopes.TryPeek(out var first) ? first : null), "Sentry has an envelope");

    private Task StoreAsync(IReadOnlyList<ErrorOccurrence> errors, CancellationToken cancellationToken)
    {
        foreach (var error in errors)
        {
            _stored.Enqueue(error);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Error, "The quote of {Ticker} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string ticker);
}
