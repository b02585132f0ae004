namespace Trading.ServiceDefaults.Outbound;

/// <summary>A user's address leads to where requests of users may not go.</summary>
public sealed class OutboundRefusedException : Exception
{
    /// <summary>Creates one without a reason.</summary>
    public OutboundRefusedException()
    {
    }

    /// <summary>Creates one.</summary>
    /// <param name="message">Why, fit for the user: it does not tell what a name resolves to.</param>
    public OutboundRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one that follows from another failure.</summary>
    /// <param name="message">Why, fit for the user.</param>
    /// <param name="innerException">The failure.</param>
    public OutboundRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
