using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Trading.ApiService.Edge;

namespace Trading.ApiService.Auth;

/// <summary>How a request shows who sent it: an access token or an API key.</summary>
internal static class AuthSchemes
{
    public const string ApiKeyHeader = "X-API-Key";
    private const string Either = "Trading";

    /// <summary>Set where a store that would know is away: the answer is then 503, not 401.</summary>
    public static readonly object StoreAway = new();

    public static void AddAuthSchemes(this IServiceCollection services)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, scheme => scheme.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, null)
            .AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<AccessTokens, SessionGuard>((bearer, tokens, guard) =>
            {
                bearer.TokenValidationParameters = tokens.Validation;
                bearer.Events = new JwtBearerEvents
                {
                    OnMessageReceived = message => Receive(message, tokens),
                    OnTokenValidated = validated => CheckSessionAsync(validated, guard),
                };
            });
    }

    /// <summary>Whether a request shows anything at all: most reads of quotes do not, and pay nothing for those that do.</summary>
    public static bool HasCredentials(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || context.Request.Headers.ContainsKey(ApiKeyHeader);

    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? value["Bearer ".Length..].Trim()
            : null;

    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.ContainsKey(ApiKeyHeader)
        || BearerOf(context.Request)?.StartsWith(ApiKeyHandler.KeyStart, StringComparison.Ordinal) == true
            ? ApiKeyHandler.Scheme
            : JwtBearerDefaults.AuthenticationScheme;

    private static Task Receive(MessageReceivedContext message, AccessTokens tokens)
    {
        message.Token = BearerOf(message.Request);
        if (string.IsNullOrEmpty(message.Token))
        {
            message.NoResult();
        }
        else if (!tokens.HasOurHeader(message.Token))
        {
            message.Fail("The token is not one of ours.");
        }

        return Task.CompletedTask;
    }

    private static async Task CheckSessionAsync(TokenValidatedContext validated, SessionGuard guard)
    {
        try
        {
            if (validated.Principal?.SessionId() is not { } session
                || validated.Principal.UserId() is null
                || !await guard.IsOpenAsync(session, validated.HttpContext.RequestAborted))
            {
                validated.Fail("The session is over.");
            }
        }
        catch (Exception error) when (StoreFailures.IsAway(error))
        {
            validated.HttpContext.Items[StoreAway] = true;
            validated.NoResult();
        }
    }
}
