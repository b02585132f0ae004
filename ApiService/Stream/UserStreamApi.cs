using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Stream;

/// <summary>The WebSocket of signed-in users: quotes, and what is meant for them alone.</summary>
internal static class UserStreamApi
{
    public static void MapUserStream(this IEndpointRouteBuilder routes)
    {
        var stream = routes.MapGroup("/ws").WithTags("Stream");
        stream.MapMethods("", ["GET", "CONNECT"], OpenAsync)
            .WithName("OpenUserStream")
            .ExcludeFromDescription()
            .AllowAnonymous();
        stream.MapPost("/ticket", IssueAsync)
            .WithName("CreateStreamTicket")
            .WithSummary("A ticket that opens one WebSocket at /api/v1/ws?ticket= within 30 s")
            .RequireAuthorization(Policies.Viewer)
            .Produces<StreamTicketResponse>(StatusCodes.Status201Created)
            .ProducesProblems(401, 403, 429, 503);
    }

    private static async Task OpenAsync(
        HttpContext context, StreamAcceptor acceptor, UserEntry entry, [FromQuery] string? ticket, [FromQuery] string? token)
    {
        if (await acceptor.RefuseAsync(context) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        var holder = ticket is not null ? await entry.OfTicketAsync(ticket, context.RequestAborted)
            : token is not null ? await entry.OfTokenAsync(token, context.RequestAborted)
            : UserEntry.OfRequest(context.User);
        var showsSomething = ticket is not null || token is not null || AuthSchemes.HasCredentials(context);
        if (holder is null && showsSomething)
        {
            await Refused.ExecuteAsync(context);
            return;
        }

        await acceptor.RunAsync(context, holder);
    }

    private static ApiProblem Refused { get; } = new(
        StatusCodes.Status401Unauthorized,
        ErrorCodes.Unauthorized,
        "The ticket or token is not valid, or not any more; POST /api/v1/ws/ticket gives a ticket for one connection.");

    private static async Task<IResult> IssueAsync(
        HttpContext context, StreamTicketStore tickets, CancellationToken cancellationToken)
    {
        if (context.User.SessionId() is not { } session)
        {
            return AccessResults.Unauthorized;
        }

        var ticket = SecretText.New();
        var ends = await tickets.AddAsync(
            SecretText.HashOf(ticket), context.User.RequiredUserId(), session, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new StreamTicketResponse(ticket, ends), ApiJson.Default, statusCode: StatusCodes.Status201Created);
    }
}
