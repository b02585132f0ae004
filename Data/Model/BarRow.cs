using Trading.Domain.Market;

namespace Trading.Data.Model;

/// <summary>
/// No foreign key to instruments: every writer resolves the id first, no instrument is ever deleted, and the check
/// would double the time of a bulk load.
/// </summary>
public abstract class BarRow
{
    public int InstrumentId { get; init; }

    public DateTime Time { get; init; }

    public double Open { get; init; }

    public double High { get; init; }

    public double Low { get; init; }

    public double Close { get; init; }

    public double Volume { get; init; }

    public BarSource Source { get; init; }
}

public sealed class DailyBar : BarRow;

/// <summary>Partitioned by month of <see cref="BarRow.Time"/>; see the first migration.</summary>
public sealed class MinuteBar : BarRow;
