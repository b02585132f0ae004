namespace Trading.Contracts;

/// <summary>How a <see cref="QuoteStream"/> connects, and whom it tells.</summary>
/// <remarks>
/// The callbacks run on the stream's reading loop, one at a time: they must be quick and must not throw.
/// </remarks>
public sealed class QuoteStreamOptions
{
    /// <summary>Where to connect: see <see cref="QuoteStream.UrlOf"/>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Takes every price that arrives.</summary>
    public required Action<PriceUpdate> OnUpdate { get; init; }

    /// <summary>
    /// Is told of every change of state, with the reason where a connection was lost or could not be made.
    /// </summary>
    public Action<QuoteStreamState, Exception?>? OnStateChanged { get; init; }

    /// <summary>
    /// Is told of the server's errors: a code of <see cref="ErrorCodes"/>, the message, and the ticker concerned.
    /// </summary>
    public Action<string, string, string?>? OnError { get; init; }

    /// <summary>Headers of the request that opens the connection.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The longest wait before the first new try; each further one doubles it.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before any try.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A connection on which the other side answers nothing for twice as long is given up.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);
}
