using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Data.Bars;
using Trading.Data.CorporateActions;
using Trading.Data.Import;
using Trading.Domain.Calendars;
using Trading.Domain.Market;
using Trading.Domain.Quality;

namespace Trading.ApiService.Quality;

/// <summary>Reads an instrument's daily bars, and says what they are worth.</summary>
internal sealed class QualityReports(
    BarStore bars, ActionStore actions, RejectionStore rejections, TimeProvider time)
{
    private const int MostFindings = 500;

    public async Task<QualityResponse> MakeAsync(
        Instrument instrument, DateTime? from, DateTime? to, CancellationToken cancellationToken)
    {
        var stored = await bars.ReadAsync(
            instrument.Id, BarInterval.OneDay, from, to, null, int.MaxValue, cancellationToken);
        var known = await actions.ReadAsync([instrument.Id], cancellationToken);
        var refused = await rejections.CountAsync(instrument.Ticker, cancellationToken);
        var dates = new SessionDates(instrument.Exchange);
        SessionPrice[] prices = [.. stored.Select(one => new SessionPrice(
            dates.SessionOf(one.Bar.Time), one.Bar.Open, one.Bar.Close, one.Bar.Volume))];
        return Describe(instrument, stored, prices, known.Actions[instrument.Id], refused);
    }

    private QualityResponse Describe(
        Instrument instrument,
        IReadOnlyList<StoredBar> stored,
        SessionPrice[] prices,
        IEnumerable<CorporateAction> known,
        RejectionCount refused)
    {
        var exchange = Exchange.All.First(one => one.Code == instrument.Exchange);
        DateOnly? first = prices.Length > 0 ? prices[0].Session : null;
        DateOnly? last = prices.Length > 0 ? prices[^1].Session : null;
        var sessions = first is { } start ? TradingCalendar.Of(exchange).Sessions(start, last!.Value) : [];
        var findings = DataQuality.Inspect(prices, sessions, known);
        var missing = findings.Where(one => one.Kind == FindingKind.MissingSessions).Sum(one => one.Sessions);
        var expected = Freshness.ExpectedSession(exchange, time.GetUtcNow().UtcDateTime);
        return new QualityResponse(
            instrument.Ticker,
            instrument.Exchange,
            first,
            last,
            expected,
            last is { } newest ? Freshness.SessionsBehind(exchange, newest, expected) : null,
            sessions.Length,
            prices.Length,
            sessions.Length == 0 ? null : 1 - ((double)missing / sessions.Length),
            stored.CountBy(one => one.Source).ToDictionary(
                pair => pair.Key.ToString().ToLowerInvariant(), pair => pair.Value),
            refused.Quarantined,
            refused.Rejected,
            [.. findings.Reverse().Take(MostFindings).Select(FindingText.Describe)],
            findings.Count);
    }
}
