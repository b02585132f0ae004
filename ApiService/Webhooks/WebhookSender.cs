using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Trading.Contracts;
using Trading.Data.Webhooks;
using Trading.ServiceDefaults.Outbound;

namespace Trading.ApiService.Webhooks;

/// <summary>Makes one try: signs, sends, and says what came of it. The answer's body is not read.</summary>
internal sealed partial class WebhookSender : IDisposable
{
    public const string SpanSource = "Trading.Webhooks";

    private static readonly ActivitySource _spans = new(SpanSource);
    private static readonly ProductInfoHeaderValue _agent = new("Trading-Webhooks", "1");

    private readonly OutboundGuard _guard;
    private readonly HttpClient _http;
    private readonly WebhookSecrets _secrets;
    private readonly TimeProvider _time;
    private readonly ILogger<WebhookSender> _logger;

    public WebhookSender(
        OutboundGuard guard, WebhookSecrets secrets, TimeProvider time, ILogger<WebhookSender> logger)
    {
        (_guard, _secrets, _time, _logger) = (guard, secrets, time, logger);
        _http = guard.CreateClient();
    }

    public async Task<TryOutcome> SendAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
    {
        using var span = StartSpan(delivery);
        var started = _time.GetTimestamp();
        var (code, error) = await TryAsync(delivery, cancellationToken);
        span?.SetTag("http.response.status_code", code);
        span?.SetStatus(error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, error);
        return new TryOutcome(code, (int)_time.GetElapsedTime(started).TotalMilliseconds, error);
    }

    public void Dispose() => _http.Dispose();

    // In the trace of the request that caused the event, where there was one. The address may be a secret: no tag.
    private static Activity? StartSpan(ClaimedDelivery delivery)
    {
        ActivityContext.TryParse(delivery.TraceParent, null, isRemote: true, out var cause);
        var span = _spans.StartActivity("send webhook", ActivityKind.Client, cause);
        span?.SetTag("webhook.id", delivery.WebhookId);
        span?.SetTag("webhook.event.id", delivery.EventId);
        span?.SetTag("webhook.event.type", delivery.Type);
        span?.SetTag("webhook.try", delivery.Tries);
        return span;
    }

    private async Task<(int? Code, string? Error)> TryAsync(
        ClaimedDelivery delivery, CancellationToken cancellationToken)
    {
        // The settings may be stricter than when it was made.
        if (_guard.FaultOf(delivery.Url) is { } fault)
        {
            return (null, fault);
        }

        try
        {
            using var request = RequestOf(delivery);
            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var code = (int)response.StatusCode;
            return (code, response.IsSuccessStatusCode ? null : $"The answer was {code}.");
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, Describe(failure));
        }
    }

    private HttpRequestMessage RequestOf(ClaimedDelivery delivery)
    {
        var body = WebhookBody.Of(delivery);
        string[] secrets = delivery.PreviousSecret is { } previous ? [delivery.Secret, previous] : [delivery.Secret];
        var signature = WebhookSignature.Sign(
            _time.GetUtcNow(), body, [.. secrets.Select(text => _secrets.Unprotect(delivery.WebhookId, text))]);
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(_agent);
        request.Headers.Add(WebhookSignature.Header, signature);
        return request;
    }

    private string Describe(Exception failure)
    {
        switch (failure)
        {
            case HttpRequestException { InnerException: OutboundRefusedException refused }:
                return refused.Message;
            case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                return "The TLS handshake failed.";
            case HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }:
                return "There was no connection.";
            case HttpRequestException:
                return "There was no proper HTTP answer.";
            case OperationCanceledException:
                return "There was no answer in time.";
            case CryptographicException:
                return "The secret cannot be read any more; replace it.";
            default:
                LogNotSent(failure);
                return "It was not sent, by a fault of ours.";
        }
    }

    [LoggerMessage(LogLevel.Error, "A webhook was not sent")]
    private partial void LogNotSent(Exception failure);
}
