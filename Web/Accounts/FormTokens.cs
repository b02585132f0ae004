namespace Trading.Web.Accounts;

/// <summary>The cookie that ties a form to the browser that it was sent to.</summary>
internal static class FormTokens
{
    public static void AddFormTokens(this IHostApplicationBuilder builder) => builder.Services.AddAntiforgery(
        forms => forms.Cookie = new SecureCookie { Name = "__Host-form", Path = "/", HttpOnly = true, SameSite = SameSiteMode.Strict });

    // The framework's own switch for this fails every request over plain http, where browsers take such a cookie of localhost.
    private sealed class SecureCookie : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure = true;
            return options;
        }
    }
}
