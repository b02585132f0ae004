using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Accounts, for those who operate the system.</summary>
internal static class UsersApi
{
    private const int LongestSearch = 100;

    private static readonly PageLimit _limit = new(Default: 100, Max: 500);

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users").WithTags("Users").RequireAuthorization(Policies.Admin);
        users.MapGet("", List)
            .WithName("ListUsers")
            .WithSummary("Accounts by address, a page at a time")
            .Produces<Page<UserResponse>>()
            .ProducesProblems(400, 401, 403, 429, 503);
        users.MapPatch("/{id:guid}", Change)
            .WithName("ChangeUser")
            .WithSummary("Changes roles or tier, or disables an account, which ends its every access at once")
            .Produces<UserResponse>()
            .ProducesProblems(400, 401, 403, 404, 409, 413, 415, 429, 503);
    }

    private static async Task<IResult> List(
        [FromQuery, Description("Part of the address, in any case.")] string? search,
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Accounts on a page: 1 to 500, 100 if not given.")] string? limit,
        AccountStore accounts,
        CancellationToken cancellationToken)
    {
        if (search is { Length: > LongestSearch } || search?.Any(char.IsControl) == true)
        {
            return ApiProblem.BadRequest(
                ErrorCodes.InvalidParameter, $"search has at most {LongestSearch} printable characters.");
        }

        if (_limit.Read(limit, out var count) is { } problem)
        {
            return problem;
        }

        var list = $"users|{search}";
        string? after = null;
        if (cursor is not null && !Cursor.TryRead(list, cursor, out after))
        {
            return ApiProblem.InvalidCursor();
        }

        var found = await accounts.ListAsync(search, after, count + 1, cancellationToken);
        var page = found.Take(count).Select(user => Describe(user.User, user.Roles)).ToArray();
        var next = found.Count > count ? Cursor.After(list, found[count - 1].User.NormalizedEmail!) : null;
        return TypedResults.Json(new Page<UserResponse>(page, next), ApiJson.Default);
    }

    private static async Task<IResult> Change(
        Guid id,
        UserChangeRequest request,
        HttpContext context,
        AccountChanges changes,
        SessionEnd end,
        SessionGuard guard,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (Check(request) is { } problem)
        {
            return problem;
        }

        if (id == context.User.RequiredUserId() && (request.Disabled == true || request.Roles?.Contains(Roles.Admin) == false))
        {
            return new ApiProblem(
                StatusCodes.Status409Conflict, ErrorCodes.Forbidden, "You cannot shut yourself out; another admin can.");
        }

        var change = new UserChange(id, context.User.RequiredUserId(), request.Tier, request.Disabled, request.Roles?.ToArray());
        var (outcome, user, roles) = await changes.ChangeAsync(change, time.GetUtcNow().UtcDateTime, cancellationToken);
        if (user is null)
        {
            return outcome == UserChangeOutcome.NotAllowed
                ? AccessResults.Forbidden(context)
                : ApiProblem.NotFound(ErrorCodes.NotFound, "There is no account of this id; /api/v1/users lists them.");
        }

        if (request.Disabled == true || request.Roles is not null || request.Tier is not null)
        {
            // What tokens say of roles and tier is old now: they are made anew at the next login.
            await end.AllAsync(context, user.Id, context.User.SessionId(), AuditActions.SessionRevoke, cancellationToken);
            await guard.EndAllKeysAsync();
        }

        await audit.RecordAsync(context, EventOf(user, roles), cancellationToken);
        return TypedResults.Json(Describe(user, roles), ApiJson.Default);
    }

    private static AuditEvent EventOf(User user, string[] roles) => new(
        AuditActions.UserChange,
        AuditOutcome.Success,
        Subject: user.Email,
        Details: new Dictionary<string, string>
        {
            ["disabled"] = user.DisabledAt is null ? "no" : "yes",
            ["roles"] = string.Join(' ', roles),
            ["tier"] = user.Tier,
        },
        Account: user.Id);

    private static ApiProblem? Check(UserChangeRequest request) => new Validation()
        .Require(
            request.Roles is null || (request.Roles.Count > 0 && request.Roles.All(Roles.All.Contains)),
            "roles",
            $"One or more of {string.Join(", ", Roles.All)}.")
        .Require(
            request.Tier is null || Tiers.All.Contains(request.Tier), "tier", $"One of {string.Join(", ", Tiers.All)}.")
        .Problem;

    private static UserResponse Describe(User user, IEnumerable<string> roles) => new(
        user.Id,
        user.Email!,
        user.EmailConfirmed,
        [.. roles.Order(StringComparer.Ordinal)],
        user.Tier,
        user.TotpSecret is not null,
        user.DisabledAt is not null,
        user.CreatedAt);
}
