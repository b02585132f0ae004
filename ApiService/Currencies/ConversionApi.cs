using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Currencies;
using Trading.Domain.Currencies;

namespace Trading.ApiService.Currencies;

/// <summary>Amounts in another currency.</summary>
internal static class ConversionApi
{
    private const int AmountDecimals = 10;
    private const int RateDecimals = 12;
    private const decimal LargestAmount = 1_000_000_000_000_000m;

    private static readonly TimeSpan _maxAge = TimeSpan.FromMinutes(1);

    public static void MapConversion(this RouteGroupBuilder currencies) => currencies.MapGet("/convert", Convert)
        .WithName("ConvertCurrency")
        .WithSummary("An amount in another currency, by the reference rates of a date")
        .WithDescription("By way of the euro. A day without a rate (a weekend, a holiday) has that of the last day before "
            + "it: `carried` is true then, and `rate_date` says of which. GBp, ZAc and ILA are hundredths.")
        .Produces<ConversionResponse>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblems(400, 404, 422, 429, 503);

    private static async Task<IResult> Convert(
        [FromQuery, Description("The amount; 1 if not given.")] string? amount,
        [FromQuery, Description("What it is in: USD, GBp.")] string? from,
        [FromQuery, Description("What it is to be in.")] string? to,
        [FromQuery, Description("Whose rates (2026-03-02); today's if not given.")] string? date,
        RateStore store,
        IOptions<CurrencyOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var problems = new QueryProblems();
        problems.Add(nameof(amount), ReadAmount(amount, out var value));
        problems.Add(nameof(from), ReadUnit(nameof(from), from, out var source));
        problems.Add(nameof(to), ReadUnit(nameof(to), to, out var target));
        problems.Add(nameof(date), QueryDate.Read(nameof(date), date, out var asked));
        if (problems.Problem is { } problem)
        {
            return problem;
        }

        var day = asked ?? CurrenciesApi.Today(time);
        var stored = await store.LastAsync([source.Currency, target.Currency], day, cancellationToken);
        try
        {
            var rates = new ReferenceRates(stored.Distinct(), options.Value.MaxCarriedDays);
            return Answer(value, from!.Trim(), to!.Trim(), day, rates.Convert(value, source, target, day));
        }
        catch (RateUnavailableException missing)
        {
            return await ProblemOfAsync(missing, store, cancellationToken);
        }
    }

    private static Cacheable<ConversionResponse> Answer(
        decimal amount, string from, string to, DateOnly date, ConvertedAmount converted) => new(
        new(
            amount,
            from,
            to,
            date,
            Math.Round(converted.Amount, AmountDecimals),
            Math.Round(converted.Rate, RateDecimals),
            converted.RateDate,
            converted.IsCarried,
            Math.Max(converted.From.Days, converted.To.Days)),
        ApiJson.Default.ConversionResponse,
        _maxAge);

    // A currency without any rate is a mistake of who asks; a day without one is not.
    private static async Task<ApiProblem> ProblemOfAsync(
        RateUnavailableException missing, RateStore store, CancellationToken cancellationToken) =>
        (await store.LastAsync([missing.Currency], DateOnly.MaxValue, cancellationToken)).Count == 0
            ? CurrenciesApi.Unknown(missing.Currency)
            : new ApiProblem(
                StatusCodes.Status422UnprocessableEntity,
                ErrorCodes.NoRate,
                $"{missing.Message} Take a date near one that /api/v1/currencies/{missing.Currency}/rates has.");

    private static ApiProblem? ReadUnit(string name, string? text, out CurrencyUnit unit) =>
        CurrencyUnit.TryParse(text, out unit) ? null : ApiProblem.BadRequest(
            ErrorCodes.InvalidParameter, $"{name} is a code of ISO 4217, such as USD, or GBp for pence.");

    private static ApiProblem? ReadAmount(string? text, out decimal amount)
    {
        amount = 1;
        return text is null || (decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out amount) && Math.Abs(amount) <= LargestAmount)
                ? null
                : ApiProblem.BadRequest(
                    ErrorCodes.InvalidParameter, "amount is a number such as 12.50, at most a thousand million million.");
    }
}
