using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Currencies;
using Trading.Domain.Calendars;
using Trading.Domain.Currencies;

namespace Trading.ApiService.Currencies;

/// <summary>Currencies, their rates against the euro, and amounts converted by them.</summary>
internal static class CurrenciesApi
{
    private const int MostRates = 10_000;
    private const int UsualDays = 30;

    private static readonly DateOnly _firstEuro = new(1999, 1, 4);
    private static readonly TimeSpan _maxAge = TimeSpan.FromMinutes(1);

    public static void MapCurrencies(this IEndpointRouteBuilder routes)
    {
        var currencies = routes.MapGroup("/currencies").WithTags("Currencies").AllowAnonymous().IsPublicRead();
        currencies.MapGet("", List)
            .WithName("ListCurrencies")
            .WithSummary("Currencies that amounts can be converted from and to")
            .Produces<IReadOnlyList<CurrencyResponse>>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 429, 503);
        currencies.MapGet("/{code}/rates", GetRates)
            .WithName("GetCurrencyRates")
            .WithSummary("Reference rates of a currency: units for one euro, by day")
            .Produces<CurrencyRatesResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 404, 429, 503);
        currencies.MapConversion();
    }

    /// <summary>The newest date that rates may be of.</summary>
    public static DateOnly Today(TimeProvider time) => TradingCalendar.Target.DateAt(time.GetUtcNow().UtcDateTime);

    public static ApiProblem Unknown(string currency) => ApiProblem.NotFound(
        ErrorCodes.UnknownCurrency, $"No rates of {currency} are known. /api/v1/currencies lists what there is.");

    private static async Task<IResult> List(RateStore store, CancellationToken cancellationToken)
    {
        var spans = await store.ListAsync(cancellationToken);
        var euro = new CurrencyResponse(
            ReferenceRate.Base, CurrencyNames.Of(ReferenceRate.Base), 1, null, null, null);
        return new Cacheable<IReadOnlyList<CurrencyResponse>>(
            [
                .. spans.Select(span => new CurrencyResponse(
                    span.Currency, CurrencyNames.Of(span.Currency), span.Rate, span.First, span.Last, span.Source))
                    .Append(euro).OrderBy(currency => currency.Code, StringComparer.Ordinal),
            ],
            ApiJson.Default.IReadOnlyListCurrencyResponse,
            _maxAge);
    }

    private static async Task<IResult> GetRates(
        string code,
        [FromQuery, Description("First day (2026-03-02); 30 days before the last if not given.")] string? from,
        [FromQuery, Description("Last day, itself included; today if not given.")] string? to,
        RateStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!CurrencyUnit.TryParse(code, out var unit) || unit.Size != 1)
        {
            return ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "A currency is a code of ISO 4217, such as USD.");
        }

        var problems = new QueryProblems();
        problems.Add(nameof(from), QueryDate.Read(nameof(from), from, out var asked));
        problems.Add(nameof(to), QueryDate.Read(nameof(to), to, out var until));
        if (problems.Problem is { } problem)
        {
            return problem;
        }

        var last = until ?? Today(time);
        var first = asked ?? DateOnly.FromDayNumber(Math.Max(0, last.DayNumber - UsualDays));
        if (first > last)
        {
            return ApiProblem.SwappedRange();
        }

        if (unit.Currency == ReferenceRate.Base)
        {
            return Answer(unit.Currency, first, last, BaseRates(first, last < Today(time) ? last : Today(time)));
        }

        var rates = await store.ReadAsync(unit.Currency, first, last, MostRates, cancellationToken);
        return rates.Count == 0 && (await store.LastAsync([unit.Currency], DateOnly.MaxValue, cancellationToken)).Count == 0
            ? Unknown(unit.Currency)
            : Answer(unit.Currency, first, last, rates.Select(rate => new DatedRateResponse(rate.Date, rate.Rate)));
    }

    // One euro for one, on every day that others have rates.
    private static IEnumerable<DatedRateResponse> BaseRates(DateOnly first, DateOnly last) =>
        TradingCalendar.Target.Sessions(first > _firstEuro ? first : _firstEuro, last).ToArray()
            .Take(MostRates).Select(date => new DatedRateResponse(date, 1));

    private static Cacheable<CurrencyRatesResponse> Answer(
        string currency, DateOnly first, DateOnly last, IEnumerable<DatedRateResponse> rates) => new(
        new(currency, ReferenceRate.Base, first, last, [.. rates]), ApiJson.Default.CurrencyRatesResponse, _maxAge);
}
