namespace Trading.Contracts;

/// <summary>
/// The stable <c>code</c> of problem details and of WebSocket errors. A code is never given another meaning.
/// </summary>
public static class ErrorCodes
{
    /// <summary>No instrument has that ticker.</summary>
    public const string UnknownTicker = "unknown_ticker";

    /// <summary>The instrument is known, and has no quote yet.</summary>
    public const string NoQuote = "no_quote";

    /// <summary>A ticker is empty, too long, or has a character that tickers do not have.</summary>
    public const string InvalidTicker = "invalid_ticker";

    /// <summary>More tickers than one request may name.</summary>
    public const string TooManyTickers = "too_many_tickers";

    /// <summary>A date or time is not in ISO 8601.</summary>
    public const string InvalidDate = "invalid_date";

    /// <summary>The start of a range lies after its end.</summary>
    public const string InvalidRange = "invalid_range";

    /// <summary>No such bar interval.</summary>
    public const string UnknownInterval = "unknown_interval";

    /// <summary>No exchange has that code.</summary>
    public const string UnknownExchange = "unknown_exchange";

    /// <summary>The instrument has no such split or dividend.</summary>
    public const string UnknownAction = "unknown_action";

    /// <summary>No rates of the currency are known.</summary>
    public const string UnknownCurrency = "unknown_currency";

    /// <summary>There is no rate of the date, nor one that is near enough before it.</summary>
    public const string NoRate = "no_rate";

    /// <summary>A cursor that this API did not issue for this list.</summary>
    public const string InvalidCursor = "invalid_cursor";

    /// <summary>A parameter has a value that it cannot have.</summary>
    public const string InvalidParameter = "invalid_parameter";

    /// <summary>A parameter that the endpoint does not have.</summary>
    public const string UnknownParameter = "unknown_parameter";

    /// <summary>Too many requests; wait as long as <c>Retry-After</c> says.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>No such path.</summary>
    public const string NotFound = "not_found";

    /// <summary>The path does not take this method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>The request cannot be read.</summary>
    public const string BadRequest = "bad_request";

    /// <summary>A store that the request needs is away; try again as <c>Retry-After</c> says.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>A fault of the server's; the trace id finds it in the logs.</summary>
    public const string Internal = "internal_error";

    /// <summary>WebSocket: the message is no JSON object with a known <c>action</c>.</summary>
    public const string InvalidMessage = "invalid_message";

    /// <summary>WebSocket: more subscriptions than one connection may have.</summary>
    public const string TooManySubscriptions = "too_many_subscriptions";

    /// <summary>WebSocket: the message is longer than one may be.</summary>
    public const string MessageTooBig = "message_too_big";

    /// <summary>WebSocket: more messages a second than one connection may send.</summary>
    public const string TooManyMessages = "too_many_messages";

    /// <summary>The server holds as many connections as it may; try another replica or later.</summary>
    public const string TooManyConnections = "too_many_connections";

    /// <summary>The page that opened the WebSocket is of a foreign origin.</summary>
    public const string ForbiddenOrigin = "forbidden_origin";

    /// <summary>WebSocket: the connection had no subscription for too long.</summary>
    public const string NoSubscription = "no_subscription";

    /// <summary>WebSocket: the client has read too slowly to be told everything; connect again and ask what was missed.</summary>
    public const string TooSlow = "too_slow";

    /// <summary>The body is of a media type that the path does not take.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>The body is larger than one may be.</summary>
    public const string BodyTooLarge = "body_too_large";

    /// <summary>No such version of the API; the detail names those there are.</summary>
    public const string UnknownVersion = "unknown_version";

    /// <summary>The request names a host that the service does not go by.</summary>
    public const string UnknownHost = "unknown_host";

    /// <summary>The <c>Idempotency-Key</c> was sent before, with another body.</summary>
    public const string IdempotencyKeyReused = "idempotency_key_reused";

    /// <summary>The request with this <c>Idempotency-Key</c> still runs; send it again for its answer.</summary>
    public const string IdempotencyInProgress = "idempotency_in_progress";

    /// <summary>Some fields of the request are not accepted; <c>errors</c> names each with the reasons.</summary>
    public const string ValidationFailed = "validation_failed";

    /// <summary>The path needs a signed-in user, or the token or key is not valid any more.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The user's roles, or the API key's scopes, do not allow it.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The address and the password do not belong together.</summary>
    public const string InvalidCredentials = "invalid_credentials";

    /// <summary>The password is right, and the second factor's code is asked for.</summary>
    public const string TwoFactorRequired = "two_factor_required";

    /// <summary>The code is wrong, too old, or was used before.</summary>
    public const string InvalidCode = "invalid_code";

    /// <summary>The address has to be confirmed first, with the mail that was sent to it.</summary>
    public const string EmailNotConfirmed = "email_not_confirmed";

    /// <summary>A token from a mail, or a refresh token, that is not valid or not any more.</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>There are as many of these as an account may have.</summary>
    public const string TooMany = "too_many";

    /// <summary>The webhook is paused; go on with it first.</summary>
    public const string WebhookPaused = "webhook_paused";

    /// <summary>The delivery was not given up: only one that was can be replayed.</summary>
    public const string NotDead = "not_dead";

    /// <summary>What was asked for is too large; the detail says what to reduce.</summary>
    public const string TooLarge = "too_large";

    /// <summary>There are no bars, or too few, of what was asked for.</summary>
    public const string NoBars = "no_bars";

    /// <summary>It is over already: there is nothing to cancel.</summary>
    public const string NotRunning = "not_running";

    /// <summary>It waits or runs already, and is done one at a time.</summary>
    public const string AlreadyRunning = "already_running";

    /// <summary>It was changed since it was read; read it again, and send <c>If-Match</c> with its new revision.</summary>
    public const string ChangedMeanwhile = "changed_meanwhile";

    /// <summary>The change needs <c>If-Match</c> with the <c>ETag</c> of what was read.</summary>
    public const string PreconditionRequired = "precondition_required";

    /// <summary>The feature is switched off here.</summary>
    public const string FeatureDisabled = "feature_disabled";
}
