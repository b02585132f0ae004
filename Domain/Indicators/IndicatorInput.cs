namespace Trading.Domain.Indicators;

/// <summary>A series that an indicator reads.</summary>
public enum IndicatorInput
{
    /// <summary>Any one series; the close unless told.</summary>
    Source,

    /// <summary>The highest prices.</summary>
    High,

    /// <summary>The lowest prices.</summary>
    Low,

    /// <summary>The last prices.</summary>
    Close,

    /// <summary>The units traded.</summary>
    Volume,

    /// <summary>
    /// A number of the session that the bar is in, such as its day's; another number starts another session.
    /// </summary>
    Session,
}
