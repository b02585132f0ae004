using System.Net.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Trading.ApiService.Auth.Mail;
using Trading.Data;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

internal static class AccountServices
{
    private const string MailTokens = "Default";

    public static IHostApplicationBuilder AddAccounts(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthOptions>()
            .BindConfiguration(AuthOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthValidation>();
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section)
            .Validate(options => options.Port is > 0 and <= ushort.MaxValue, "Mail:Port: 1 to 65535.")
            .Validate(options => MailAddress.TryCreate(options.From, out _), "Mail:From: an address.")
            .Validate(
                options => !string.IsNullOrEmpty(options.Host) || !string.IsNullOrEmpty(options.Folder),
                "Mail:Folder: where mails are put, as there is no Mail:Host.")
            .ValidateOnStart();
        AddIdentity(services);
        AddRunning<Passwords>(services);
        AddRunning<SessionGuard>(services);
        AddRunning<MailQueue>(services);
        services.AddHostedService<FirstAdmin>();
        services.AddSingleton<IMailSender>(provider =>
            provider.GetRequiredService<IConfiguration>()[$"{MailOptions.Section}:Host"] is { Length: > 0 }
                ? ActivatorUtilities.CreateInstance<SmtpMail>(provider)
                : ActivatorUtilities.CreateInstance<FolderMail>(provider));
        services.AddSingleton<AccountLetters>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<TotpSecrets>();
        services.AddScoped<SignIn>();
        services.AddScoped<TokenIssuer>();
        services.AddScoped<SessionEnd>();
        services.AddScoped<PasswordChange>();
        services.AddSingleton<PasswordCheck>();

        services.AddAuthSchemes();
        services.AddAuthorizationBuilder().AddTradingPolicies();
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessResults>();
        return builder;
    }

    /// <summary>Finds out who sent a request, where it shows anything.</summary>
    public static void UseAccounts(this IApplicationBuilder app)
    {
        // The host would add it for every request otherwise; reads of quotes would pay for what they do not show.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(AuthSchemes.HasCredentials, shown => shown.UseAuthentication());
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth").WithTags("Accounts");
        auth.MapRegistration();
        auth.MapLogin();
        auth.MapPasswords();
        auth.MapSessions();
        auth.MapTwoFactor();
        routes.MapApiKeys();
        routes.MapUsers();
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddScoped(provider =>
            provider.GetRequiredService<IDbContextFactory<TradingDbContext>>().CreateDbContext());
        services.AddIdentityCore<User>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // Any address is a name; the address itself is checked.
                identity.User.AllowedUserNameCharacters = "";
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<TradingDbContext>()
            .AddTokenProvider<DataProtectorTokenProvider<User>>(MailTokens);
        services.AddDataProtection().SetApplicationName("Trading");
        services.AddSingleton<DataProtectionStore>();
        services.AddOptions<KeyManagementOptions>().Configure<DataProtectionStore>(
            (keys, store) => keys.XmlRepository = store);
    }

    private static void AddRunning<TService>(IServiceCollection services)
        where TService : class, IHostedService
    {
        services.AddSingleton<TService>();
        services.AddHostedService(provider => provider.GetRequiredService<TService>());
    }
}
