using System.Collections.Concurrent;
using Trading.ApiService.Instruments;
using Trading.ApiService.Quotes;
using Trading.Contracts;
using Trading.Data.Bars;
using Trading.Domain.Calendars;
using Trading.Domain.Market;
using Trading.Domain.Quality;

namespace Trading.ApiService.Quality;

/// <summary>Looks which instruments have fresh data, several parts of the list at once.</summary>
internal sealed class InstrumentValidation(
    ReadInstruments read, SessionRangeStore sessions, QuoteBoard board, TimeProvider time)
{
    private const int PartSize = 100;
    private const int Parallel = 4;

    public async Task<ValidationResponse> RunAsync(string? country, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var listed = (await read(cancellationToken)).Where(one => country is null || one.Country == country);
        var rules = Exchange.All.ToDictionary(exchange => exchange.Code, exchange => new Expectation(exchange, now));
        var found = new ConcurrentBag<InstrumentValidationResponse>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            listed.Where(one => rules.ContainsKey(one.Exchange)).Chunk(PartSize),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (part, token) =>
            {
                var ranges = await sessions.ReadAsync([.. part.Select(instrument => instrument.Id)], token);
                foreach (var one in part)
                {
                    SessionRange? range = ranges.TryGetValue(one.Id, out var known) ? known : null;
                    found.Add(Judge(one, range, rules[one.Exchange]));
                }
            });
        return Summarise(country, now, [.. found.OrderBy(one => one.Ticker, StringComparer.Ordinal)]);
    }

    private static ValidationResponse Summarise(
        string? country, DateTime now, InstrumentValidationResponse[] instruments)
    {
        int Count(string status) => instruments.Count(one => one.Status == status);
        return new ValidationResponse(
            country, now, instruments.Length, Count("fresh"), Count("late"), Count("missing"), instruments);
    }

    private InstrumentValidationResponse Judge(Instrument instrument, SessionRange? range, Expectation expected)
    {
        DateOnly? last = range is { } known ? new SessionDates(instrument.Exchange).SessionOf(known.Last) : null;
        int? behind = last is { } session ? expected.SessionsBehind(session) : null;
        var quote = !board.TryFind(instrument.Ticker, out var slot) || !slot.HasQuote ? "none"
            : slot.IsStale ? "stale" : "live";
        var status = behind is null ? "missing"
            : behind > 0 || (expected.IsOpen && quote == "stale") ? "late" : "fresh";
        return new InstrumentValidationResponse(
            instrument.Ticker, instrument.Exchange, status, last, expected.Session, behind, quote);
    }

    private sealed class Expectation(Exchange exchange, DateTime utc)
    {
        public DateOnly Session { get; } = Freshness.ExpectedSession(exchange, utc);

        public bool IsOpen { get; } = TradingCalendar.Of(exchange).IsOpenAt(utc);

        public int SessionsBehind(DateOnly last) => Freshness.SessionsBehind(exchange, last, Session);
    }
}
