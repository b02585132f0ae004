using System.Net;

namespace Trading.PricingWorker.Providers.Http;

/// <summary>Reads what an answer says of a failure: its status and the beginning of its body.</summary>
internal delegate FailureKind? ExplainFailure(HttpStatusCode status, string text);

/// <summary>Asks one provider over HTTP, and sorts what goes wrong.</summary>
internal sealed class ProviderHttp(HttpClient http, ProviderGate gate, HttpProviderOptions options, TimeProvider time)
{
    private const int LongestReason = 512;

    // Whoever writes a date of years ahead means something else.
    private static readonly TimeSpan _longestWait = TimeSpan.FromHours(1);

    /// <exception cref="ProviderException">No answer that makes sense.</exception>
    public Task<T> GetAsync<T>(
        string operation,
        Uri uri,
        Func<Stream, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken,
        ExplainFailure? explain = null) => gate.RunAsync(
            operation,
            async token =>
            {
                try
                {
                    return await SendAsync(uri, read, explain, token);
                }
                catch (Exception error) when (Sort(error, token) is { } kind)
                {
                    throw new ProviderException(kind, error.Message, error);
                }
            },
            cancellationToken);

    // A reader that trips over an answer in a way nobody thought of has met senseless data.
    private static FailureKind? Sort(Exception error, CancellationToken cancellationToken) => error switch
    {
        ProviderException => null,
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        // The handler cancels itself where no connection comes about in time.
        HttpRequestException or IOException or OperationCanceledException => FailureKind.Transient,
        _ => FailureKind.InvalidData,
    };

    private async Task<T> SendAsync<T>(
        Uri uri,
        Func<Stream, CancellationToken, Task<T>> read,
        ExplainFailure? explain,
        CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw await FailureOfAsync(answer, explain, cancellationToken);
        }

        if (answer.Content.Headers.ContentLength > options.MaxBodyBytes)
        {
            throw BoundedStream.TooLong(options.MaxBodyBytes);
        }

        await using var body = new BoundedStream(
            await answer.Content.ReadAsStreamAsync(cancellationToken), options.MaxBodyBytes);
        return await read(body, cancellationToken);
    }

    private async Task<ProviderException> FailureOfAsync(
        HttpResponseMessage answer, ExplainFailure? explain, CancellationToken cancellationToken)
    {
        var status = answer.StatusCode;
        var kind = explain?.Invoke(status, await ReasonAsync(answer, cancellationToken)) ?? KindOf(status);
        return new ProviderException(kind, $"It answered with {(int)status} {answer.ReasonPhrase}.")
        {
            Status = status,
            RetryAfter = RetryAfter(answer),
        };
    }

    private static FailureKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => FailureKind.NotFound,
        // Binance bans for a while with "I'm a teapot".
        HttpStatusCode.TooManyRequests or (HttpStatusCode)418 => FailureKind.RateLimited,
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => FailureKind.Transient,
        _ => FailureKind.Fatal,
    };

    private TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        var wait = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > _longestWait ? _longestWait : wait;
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var start = new byte[LongestReason];
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var read = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return System.Text.Encoding.UTF8.GetString(start, 0, read);
    }
}
