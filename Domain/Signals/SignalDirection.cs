namespace Trading.Domain.Signals;

/// <summary>The way a signal expects the price to go. The numbers are stored: never renumber.</summary>
public enum SignalDirection : short
{
    /// <summary>Up.</summary>
    Long = 1,

    /// <summary>Down.</summary>
    Short = -1,
}
