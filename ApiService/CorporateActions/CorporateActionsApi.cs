using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.CorporateActions;
using Trading.Domain.Market;
using Policies = Trading.ApiService.Auth.Policies;

namespace Trading.ApiService.CorporateActions;

/// <summary>Splits and dividends: what is known of them, and how it came to be known.</summary>
internal static class CorporateActionsApi
{
    private static readonly TimeSpan _maxAge = TimeSpan.FromMinutes(1);
    private static readonly PageLimit _changes = new(Default: 100, Max: 500);

    public static void MapCorporateActions(this IEndpointRouteBuilder routes)
    {
        var actions = routes.MapGroup("/instruments/{ticker}/actions").WithTags("Corporate actions");
        actions.MapGet("", List)
            .WithName("ListCorporateActions")
            .WithSummary("Splits and dividends of an instrument, newest first")
            .AllowAnonymous()
            .IsPublicRead()
            .Produces<CorporateActionsResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 404, 429, 503);
        actions.MapGet("/changes", ListChanges)
            .WithName("ListCorporateActionChanges")
            .WithSummary("Who told what of them when, newest first")
            .RequireAuthorization(Policies.Admin)
            .Produces<IReadOnlyList<CorporateActionChangeResponse>>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
        actions.MapCorrections();
        routes.MapActionSync();
    }

    /// <summary>The instrument of a path.</summary>
    /// <returns>The problem; null where there is none.</returns>
    public static async Task<(Instrument? Instrument, ApiProblem? Problem)> FindAsync(
        string ticker, InstrumentDirectory directory, CancellationToken cancellationToken)
    {
        if (!TickerText.TryRead(ticker, out var known))
        {
            return (null, ApiProblem.InvalidTicker());
        }

        var instrument = await directory.FindAsync(known, cancellationToken);
        return (instrument, instrument is null ? ApiProblem.UnknownTicker(known) : null);
    }

    private static async Task<IResult> List(
        string ticker, InstrumentDirectory directory, ActionStore store, CancellationToken cancellationToken)
    {
        var (instrument, problem) = await FindAsync(ticker, directory, cancellationToken);
        return instrument is null
            ? problem!
            : new Cacheable<CorporateActionsResponse>(
                await ActionText.ReadAsync(instrument, store, cancellationToken),
                ApiJson.Default.CorporateActionsResponse,
                _maxAge);
    }

    private static async Task<IResult> ListChanges(
        string ticker,
        [FromQuery, Description("The most changes: 1 to 500, 100 if not given.")] string? limit,
        InstrumentDirectory directory,
        ActionStore store,
        CancellationToken cancellationToken)
    {
        if (_changes.Read(limit, out var count) is { } mistake)
        {
            return mistake;
        }

        var (instrument, problem) = await FindAsync(ticker, directory, cancellationToken);
        if (instrument is null)
        {
            return problem!;
        }

        var changes = await store.ChangesAsync(instrument.Id, count, cancellationToken);
        return TypedResults.Json<IReadOnlyList<CorporateActionChangeResponse>>(
            [.. changes.Select(ActionText.Describe)], ApiJson.Default.IReadOnlyListCorporateActionChangeResponse);
    }
}
