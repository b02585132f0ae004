using Trading.Domain.Market;

namespace Trading.Data.Bars;

/// <summary>A bar as it is read, with where it comes from.</summary>
public readonly record struct StoredBar(Bar Bar, BarSource Source);

/// <summary>A bar to be written.</summary>
public readonly record struct InstrumentBar(int InstrumentId, Bar Bar, BarSource Source);

/// <summary>The newest daily bar of an instrument.</summary>
public readonly record struct LatestBar(int InstrumentId, Bar Bar, BarSource Source);
