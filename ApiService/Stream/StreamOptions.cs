namespace Trading.ApiService.Stream;

/// <summary>What one WebSocket, one client and this replica may have; section <c>Stream</c>.</summary>
internal sealed class StreamOptions
{
    public const string Section = "Stream";

    /// <summary>
    /// Origins of pages that may connect, besides those of this host; such as <c>https://app.example.com</c>.
    /// </summary>
    public string[] AllowedOrigins { get; set; } = [];

    public int MaxConnections { get; set; } = 10_000;

    public int MaxConnectionsPerClient { get; set; } = 1_000;

    public int MaxSubscriptions { get; set; } = 500;

    public int MaxMessageBytes { get; set; } = 16 * 1024;

    public int MaxMessagesPerSecond { get; set; } = 20;

    /// <summary>Messages that are no request, and are answered with an error before the connection is closed.</summary>
    public int MaxInvalidMessages { get; set; } = 5;

    /// <summary>A connection without a subscription is closed after so long.</summary>
    public TimeSpan SubscribeWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>On the users' stream: who has not shown an access token after so long is closed.</summary>
    public TimeSpan AuthenticateWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Signed-in connections of one user, at each replica.</summary>
    public int MaxConnectionsPerUser { get; set; } = 20;

    /// <summary>Messages that wait for a user who reads slowly; with more the connection is closed.</summary>
    public int MaxWaitingMessages { get; set; } = 256;

    /// <summary>How often the database is asked which sessions are over; their ends are told over Redis at once.</summary>
    public TimeSpan CheckSessionsEvery { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A connection whose peer takes nothing for so long is cut.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan PingEvery { get; set; } = TimeSpan.FromSeconds(20);

    public TimeSpan PongWithin { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a peer may take to answer a close.</summary>
    public TimeSpan CloseWithin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A replay is dear: one connection may ask for one this often.</summary>
    public TimeSpan ResumeEvery { get; set; } = TimeSpan.FromSeconds(5);

    public bool HasSizes => this is
    {
        MaxConnections: > 0, MaxConnectionsPerClient: > 0, MaxMessageBytes: > 0, MaxMessagesPerSecond: > 0,
        MaxInvalidMessages: >= 0, MaxConnectionsPerUser: > 0, MaxWaitingMessages: > 0,
    };

    public bool HasTimes => new[]
    {
        SubscribeWithin, AuthenticateWithin, CheckSessionsEvery, WriteTimeout, PingEvery, PongWithin, CloseWithin,
    }.All(time => time > TimeSpan.Zero) && ResumeEvery >= TimeSpan.Zero;
}
