using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>What the new bars of one instrument changed.</summary>
internal sealed record SignalChanges(
    DueInstrument Instrument,
    ActiveRow? Active,
    SignalResolution? Ended,
    IReadOnlyList<NewSignal> Made,
    IReadOnlyList<Anomaly> Anomalies)
{
    /// <summary>More was missed than is usual, or all: its signals are of times that have curves of their own.</summary>
    public bool IsPast { get; init; } = Instrument.Followed is null;
}

/// <summary>A signal to be stored, and how it ended if it has.</summary>
internal sealed record NewSignal(Guid Id, TradingSignal Signal, SignalResolution? End, bool Backfilled)
{
    public double? Confidence { get; set; }
}
