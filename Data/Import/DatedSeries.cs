using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>The bars to store of one instrument, in order of time; at least one.</summary>
internal sealed record DatedSeries(int InstrumentId, List<FileBar> Bars)
{
    public DateTime First => Bars[0].Bar.Time;

    public DateTime Last => Bars[^1].Bar.Time;

    public static DatedSeries Create(KnownInstrument instrument, List<FileBar> bars)
    {
        for (var i = 0; i < bars.Count; i++)
        {
            var bar = bars[i];
            bars[i] = bar with { Bar = bar.Bar with { Time = SessionCloses.Of(instrument.Exchange, bar.Session) } };
        }

        return new DatedSeries(instrument.Id, bars);
    }

    public IEnumerable<InstrumentBar> Rows()
    {
        foreach (var bar in Bars)
        {
            yield return new InstrumentBar(InstrumentId, bar.Bar, BarSource.Imported);
        }
    }
}
