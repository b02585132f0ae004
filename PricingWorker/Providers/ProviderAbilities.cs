namespace Trading.PricingWorker.Providers;

[Flags]
internal enum ProviderAbilities
{
    None = 0,

    /// <summary>Bars of past sessions.</summary>
    DailyBars = 1,

    /// <summary>The newest quotes, when asked.</summary>
    Quotes = 2,

    /// <summary>Quotes as they happen.</summary>
    Stream = 4,

    /// <summary>A market of its own, asked at every tick.</summary>
    Ticks = 8,

    /// <summary>Splits and dividends, with the bars.</summary>
    Actions = 16,
}
