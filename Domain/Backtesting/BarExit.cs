namespace Trading.Domain.Backtesting;

/// <summary>
/// Whether a bar touches the stop or the target of a position: the stop first where it touches both, and at the open
/// where the bar opens beyond.
/// </summary>
internal static class BarExit
{
    /// <summary>At the open of a bar.</summary>
    public static bool AtOpen(in OpenPosition position, double open, out ExitReason reason)
    {
        var isLong = position.Direction > 0;
        reason = ExitReason.Stop;
        if (isLong ? open <= position.Stop : open >= position.Stop)
        {
            return true;
        }

        reason = ExitReason.Target;
        return isLong ? open >= position.Target : open <= position.Target;
    }

    /// <summary>After the open of a bar.</summary>
    public static bool Within(in OpenPosition position, double low, double high, out ExitReason reason)
    {
        var isLong = position.Direction > 0;
        reason = ExitReason.Stop;
        if (isLong ? low <= position.Stop : high >= position.Stop)
        {
            return true;
        }

        reason = ExitReason.Target;
        return isLong ? high >= position.Target : low <= position.Target;
    }

    /// <summary>
    /// What a position that is left within a bar has seen of it: up to the stop the way down, and to the target all.
    /// </summary>
    public static void See(ref OpenPosition position, double open, double low, double high, ExitReason reason)
    {
        if (reason == ExitReason.Stop)
        {
            position.See(Math.Min(open, position.Stop), Math.Max(open, position.Stop));
        }
        else if (position.Direction > 0)
        {
            position.See(low, position.Target);
        }
        else
        {
            position.See(position.Target, high);
        }
    }
}
