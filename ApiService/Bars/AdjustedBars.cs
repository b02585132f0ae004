using Trading.Data.Bars;
using Trading.Data.CorporateActions;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.ApiService.Bars;

/// <summary>Bars as they are stored, or made comparable over splits and dividends.</summary>
internal sealed class AdjustedBars(BarStore bars, AdjustmentReader adjustments)
{
    public async Task<IReadOnlyList<StoredBar>> ReadAsync(
        Instrument instrument, BarRequest request, CancellationToken cancellationToken)
    {
        var stored = await bars.ReadAsync(
            instrument.Id, request.Interval, request.From, request.To, request.After, request.Limit, cancellationToken);
        if (request.Adjust == PriceAdjustment.None || stored.Count == 0)
        {
            return stored;
        }

        var schedule = await adjustments.ReadAsync(instrument, cancellationToken);
        var exchange = Exchange.TryFind(instrument.Exchange, out var listed) ? listed : Exchange.All[0];
        return [.. stored.Select(bar => Adjust(bar, schedule, exchange, request))];
    }

    // Minutes are recorded as traded; what is known of stored prices is known of days.
    private static StoredBar Adjust(
        StoredBar stored, AdjustmentSchedule schedule, Exchange exchange, BarRequest request)
    {
        var session = exchange.DateAt(stored.Bar.Time.AddTicks(-1));
        var (price, volume) = schedule.On(session, request.Adjust, asTraded: !request.Interval.IsDaily);
        return stored with
        {
            Bar = stored.Bar with
            {
                Open = stored.Bar.Open * price,
                High = stored.Bar.High * price,
                Low = stored.Bar.Low * price,
                Close = stored.Bar.Close * price,
                Volume = stored.Bar.Volume * volume,
            },
        };
    }
}
