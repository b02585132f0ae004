namespace Trading.Domain.Signals;

/// <summary>The names on the wire of what a signal is.</summary>
public static class SignalCodes
{
    /// <summary><c>long</c> or <c>short</c>.</summary>
    /// <param name="direction">The direction.</param>
    public static string Code(this SignalDirection direction) => direction is SignalDirection.Long ? "long" : "short";

    /// <summary><c>active</c>, <c>target_hit</c>, <c>stopped</c>, <c>expired</c> or <c>invalidated</c>.</summary>
    /// <param name="state">The state.</param>
    public static string Code(this SignalState state) => state switch
    {
        SignalState.TargetHit => "target_hit",
        SignalState.Stopped => "stopped",
        SignalState.Expired => "expired",
        SignalState.Invalidated => "invalidated",
        _ => "active",
    };

    /// <summary><c>trending_up</c>, <c>trending_down</c>, <c>ranging</c> or <c>volatile</c>.</summary>
    /// <param name="regime">The regime.</param>
    public static string Code(this MarketRegime regime) => regime switch
    {
        MarketRegime.TrendingUp => "trending_up",
        MarketRegime.TrendingDown => "trending_down",
        MarketRegime.Volatile => "volatile",
        _ => "ranging",
    };

    /// <summary><c>bullish</c>, <c>bearish</c> or <c>neutral</c>.</summary>
    /// <param name="conditions">The conditions.</param>
    public static string Code(this MarketConditions conditions) => conditions switch
    {
        MarketConditions.Bullish => "bullish",
        MarketConditions.Bearish => "bearish",
        _ => "neutral",
    };

    /// <summary><c>price_return</c> or <c>volume</c>.</summary>
    /// <param name="kind">The kind of anomaly.</param>
    public static string Code(this AnomalyKind kind) => kind is AnomalyKind.Volume ? "volume" : "price_return";

    /// <summary>Finds the value of a code.</summary>
    /// <typeparam name="T">One of the enumerations above.</typeparam>
    /// <param name="code">The name on the wire; case matters.</param>
    /// <param name="nameOf">The code of a value, such as <c>state => state.Code()</c>.</param>
    /// <returns>The value, or null where no value has this code.</returns>
    public static T? Find<T>(string? code, Func<T, string> nameOf)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        foreach (var value in Enum.GetValues<T>())
        {
            if (nameOf(value) == code)
            {
                return value;
            }
        }

        return null;
    }
}
