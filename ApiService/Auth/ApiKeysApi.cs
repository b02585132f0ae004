using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.ApiService.Idempotency;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Keys for programs.</summary>
internal static class ApiKeysApi
{
    private const int MostKeys = 20;
    private const int LongestName = 100;
    private const int ShownLetters = 10;

    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api-keys").WithTags("Accounts").RequireAuthorization(Policies.Viewer);
        keys.MapGet("", List)
            .WithName("ListApiKeys")
            .WithSummary("One's own API keys")
            .OpenToKeys(Scopes.AccountRead)
            .Produces<IReadOnlyList<ApiKeyResponse>>()
            .ProducesProblems(401, 403, 429, 503);
        keys.MapPost("", Create)
            .WithName("CreateApiKey")
            .WithSummary("A new API key, shown this once")
            .WithIdempotency()
            .Produces<NewApiKeyResponse>(StatusCodes.Status201Created)
            .ProducesProblems(400, 401, 403, 409, 413, 415, 429, 503);
        keys.MapDelete("/{id:guid}", Revoke)
            .WithName("RevokeApiKey")
            .WithSummary("Ends an API key at once")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 404, 429, 503);
    }

    private static async Task<IResult> List(
        HttpContext context, ApiKeyStore store, CancellationToken cancellationToken)
    {
        var keys = await store.ListAsync(context.User.RequiredUserId(), cancellationToken);
        return TypedResults.Json<IReadOnlyList<ApiKeyResponse>>([.. keys.Select(Describe)], ApiJson.Default);
    }

    private static async Task<IResult> Create(
        ApiKeyRequest request,
        HttpContext context,
        ApiKeyStore store,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var scopes = request.Scopes ?? [];
        var check = new Validation()
            .Name("name", request.Name, LongestName)
            .Require(scopes.All(Scopes.All.Contains), "scopes", $"Some of {string.Join(", ", Scopes.All)}.")
            .Require(
                request.ExpiresAt is not { } end || (end.Kind != DateTimeKind.Unspecified && end.ToUniversalTime() > now),
                "expires_at",
                "A time to come, with its offset, such as 2030-01-01T00:00:00Z.");
        if (check.Problem is { } problem)
        {
            return problem;
        }

        var secret = ApiKeyHandler.KeyStart + SecretText.New();
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(),
            UserId = context.User.RequiredUserId(),
            Name = request.Name!,
            Prefix = secret[..ShownLetters],
            Hash = SecretText.HashOf(secret),
            Scopes = [.. scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
        };
        if (!await store.TryAddAsync(key, MostKeys, cancellationToken))
        {
            return new ApiProblem(
                StatusCodes.Status409Conflict, ErrorCodes.TooMany, $"An account has at most {MostKeys} keys; revoke one first.");
        }

        await audit.RecordAsync(
            context, new AuditEvent(AuditActions.ApiKeyCreate, AuditOutcome.Success, Subject: key.Id.ToString()), cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new NewApiKeyResponse(secret, Describe(key)), ApiJson.Default, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Revoke(
        Guid id,
        HttpContext context,
        ApiKeyStore store,
        SessionGuard guard,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var hash = await store.RevokeAsync(
            context.User.RequiredUserId(), id, time.GetUtcNow().UtcDateTime, cancellationToken);
        if (hash is null)
        {
            return ApiProblem.NotFound(ErrorCodes.NotFound, "You have no API key of this id; /api/v1/api-keys lists them.");
        }

        await guard.EndKeysAsync([hash]);
        await audit.RecordAsync(
            context, new AuditEvent(AuditActions.ApiKeyRevoke, AuditOutcome.Success, Subject: id.ToString()), cancellationToken);
        return TypedResults.NoContent();
    }

    private static ApiKeyResponse Describe(ApiKey key) => new(
        key.Id, key.Name, key.Prefix, key.Scopes, key.CreatedAt, key.ExpiresAt, key.LastUsedAt);
}
