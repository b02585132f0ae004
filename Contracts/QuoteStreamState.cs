namespace Trading.Contracts;

/// <summary>Whether quotes can arrive.</summary>
public enum QuoteStreamState
{
    /// <summary>Nothing is subscribed to, so there need be no connection.</summary>
    Idle,

    /// <summary>The first connection is not there yet.</summary>
    Connecting,

    /// <summary>Connected, the subscriptions sent.</summary>
    Connected,

    /// <summary>The connection was lost, or the first could not be made; the next try follows by itself.</summary>
    Reconnecting,

    /// <summary><see cref="QuoteStream.RunAsync"/> has ended.</summary>
    Stopped,
}
