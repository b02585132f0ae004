using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Bars;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.ApiService.Limits;
using Trading.Contracts;

namespace Trading.ApiService.Quality;

/// <summary>How far the data can be trusted.</summary>
internal static class QualityApi
{
    private const int CountryLength = 2;
    private static readonly TimeSpan _maxAge = TimeSpan.FromMinutes(1);

    public static void MapQuality(this IEndpointRouteBuilder routes)
    {
        var instruments = routes.MapGroup("/instruments").WithTags("Data quality").AllowAnonymous().IsPublicRead();
        instruments.MapGet("/validate", Validate)
            .WithName("ValidateInstruments")
            .WithSummary("Which listed instruments have fresh data")
            .WithDescription("Fresh: the newest daily bar is of the newest session that should be there (three hours "
                + "after the close; a day for markets that never close), and while the exchange is open the quote is not "
                + "stale. `late` and `missing` say what is not.")
            .Produces<ValidationResponse>()
            .ProducesProblems(400, 429, 503);
        instruments.MapGet("/{ticker}/quality", Report)
            .WithName("GetDataQuality")
            .WithSummary("What an instrument's daily bars are worth: gaps, outliers, staleness, sources")
            .WithDescription("The rules by which findings are named are in docs/data-quality.md.")
            .Produces<QualityResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 404, 429, 503);
    }

    private static async Task<IResult> Validate(
        [FromQuery, Description("ISO 3166-1 alpha-2 code, such as US; all countries if not given.")] string? country,
        InstrumentValidation validation,
        CancellationToken cancellationToken)
    {
        country = country?.ToUpperInvariant();
        return country is null || (country.Length == CountryLength && country.All(char.IsAsciiLetterUpper))
            ? TypedResults.Json(await validation.RunAsync(country, cancellationToken), ApiJson.Default)
            : ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "country is a code of two letters, such as US.");
    }

    private static async Task<IResult> Report(
        string ticker,
        [FromQuery, Description("First session, such as 2018-02-07.")] string? from,
        [FromQuery, Description("Last session, itself included.")] string? to,
        InstrumentDirectory directory,
        QualityReports reports,
        CancellationToken cancellationToken)
    {
        if (!TickerText.TryRead(ticker, out var known))
        {
            return ApiProblem.InvalidTicker();
        }

        if (await directory.FindAsync(known, cancellationToken) is not { } instrument)
        {
            return ApiProblem.UnknownTicker(known);
        }

        var asked = new BarParameters(null, from, to, null, null);
        return BarRequest.Read(asked, instrument, out var request) is { } problem
            ? problem
            : new Cacheable<QualityResponse>(
                await reports.MakeAsync(instrument, request.From, request.To, cancellationToken),
                ApiJson.Default.QualityResponse,
                _maxAge);
    }
}
