using System.Net;

namespace Trading.Contracts;

/// <summary>A request to the API that did not succeed, with what the API said of it.</summary>
public sealed class TradingApiException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="status">See <see cref="Status"/>.</param>
    /// <param name="code">See <see cref="Code"/>.</param>
    /// <param name="detail">See <see cref="Detail"/>.</param>
    /// <param name="traceId">See <see cref="TraceId"/>.</param>
    /// <param name="retryAfter">See <see cref="RetryAfter"/>.</param>
    /// <param name="innerException">What broke the transport, where that was it.</param>
    /// <param name="errors">See <see cref="Errors"/>.</param>
    public TradingApiException(
        HttpStatusCode? status,
        string code,
        string detail,
        string? traceId = null,
        TimeSpan? retryAfter = null,
        Exception? innerException = null,
        IReadOnlyDictionary<string, string[]>? errors = null)
        : base(detail, innerException)
    {
        Status = status;
        Code = code;
        TraceId = traceId;
        RetryAfter = retryAfter;
        Errors = errors ?? new Dictionary<string, string[]>();
    }

    /// <summary>The HTTP status; null where no answer came: refused, broken off, or not in time.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>
    /// One of <see cref="ErrorCodes"/>, to branch on. An answer without a code, as a proxy's, gets the one that its
    /// status means; no answer at all is <see cref="ErrorCodes.Unavailable"/>.
    /// </summary>
    public string Code { get; }

    /// <summary>What went wrong, for a person to read.</summary>
    public string Detail => Message;

    /// <summary>Finds the request in the server's logs and traces; null where the answer had none.</summary>
    public string? TraceId { get; }

    /// <summary>How long the server asks to wait before the next try; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What is wrong with which field of the request; empty where it was not checked by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }
}
