using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Trading.Contracts;

namespace Trading.Web.Accounts;

/// <summary>The cookie of who is signed in: it holds the tokens, encrypted, and no script can read it.</summary>
internal static class SessionCookie
{
    public const string Name = "__Host-session";
    public const string SessionClaim = "session";
    private const string Access = "access";
    private const string Refresh = "refresh";
    private const string Expires = "expires";

    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(14);
    // Pages ask every five minutes; a token is exchanged while there is time for one that fails.
    private static readonly TimeSpan _goodFor = TimeSpan.FromMinutes(7);

    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("Trading.Web");
        if (builder.Configuration["DataProtection:Folder"] is { Length: > 0 } folder)
        {
            protection.PersistKeysToFileSystem(Directory.CreateDirectory(folder));
        }

        builder.Services.AddSingleton(services => new UserTokens(
            services.GetRequiredService<TradingClient>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddScoped<UserApi>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = Name;
            cookie.Cookie.Path = "/";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = _lifetime;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/account/login";
            cookie.AccessDeniedPath = "/account/refused";
            cookie.ReturnUrlParameter = "then";
            cookie.Events.OnValidatePrincipal = ValidateAsync;
        });
    }

    public static Task SignInAsync(HttpContext context, UserToken token, AccountResponse account)
    {
        var claims = account.Roles.Select(role => new Claim(ClaimTypes.Role, role))
            .Append(new Claim(ClaimTypes.Name, account.Email))
            .Append(new Claim(SessionClaim, token.SessionId.ToString()));
        var identity = new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme);
        var properties = new AuthenticationProperties { IsPersistent = true };
        Store(properties, token);
        return context.SignInAsync(new ClaimsPrincipal(identity), properties);
    }

    public static Guid? SessionOf(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(SessionClaim), CultureInfo.InvariantCulture, out var session) ? session : null;

    private static async Task ValidateAsync(CookieValidatePrincipalContext cookie)
    {
        var tokens = cookie.HttpContext.RequestServices.GetRequiredService<UserTokens>();
        if (TokenOf(cookie) is not { } held)
        {
            cookie.RejectPrincipal();
            return;
        }

        tokens.Keep(held);
        var newest = await tokens.FindAsync(held.SessionId, _goodFor, cookie.HttpContext.RequestAborted);
        if (newest is null)
        {
            cookie.RejectPrincipal();
            await cookie.HttpContext.SignOutAsync();
        }
        else if (newest.Refresh != held.Refresh)
        {
            Store(cookie.Properties, newest);
            cookie.ShouldRenew = true;
        }
    }

    private static UserToken? TokenOf(CookieValidatePrincipalContext cookie) =>
        cookie.Principal is { } user
        && SessionOf(user) is { } session
        && cookie.Properties.GetTokenValue(Access) is { } access
        && cookie.Properties.GetTokenValue(Refresh) is { } refresh
        && DateTimeOffset.TryParse(
            cookie.Properties.GetTokenValue(Expires), CultureInfo.InvariantCulture, out var expires)
            ? new UserToken(session, access, refresh, expires)
            : null;

    private static void Store(AuthenticationProperties properties, UserToken token) => properties.StoreTokens(
    [
        new AuthenticationToken { Name = Access, Value = token.Access },
        new AuthenticationToken { Name = Refresh, Value = token.Refresh },
        new AuthenticationToken { Name = Expires, Value = token.ExpiresAt.ToString("O", CultureInfo.InvariantCulture) },
    ]);
}
