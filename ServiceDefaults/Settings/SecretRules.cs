using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Trading.ServiceDefaults.Settings;

/// <summary>A secret that a service needs in Production.</summary>
/// <param name="Key">Its configuration key.</param>
/// <param name="LeastLength">Its least length in characters.</param>
public sealed record RequiredSecret(string Key, int LeastLength);

/// <summary>
/// In Production a service does not start with secrets that are missing, too short, or known to everybody.
/// </summary>
public static class SecretRules
{
    private const int FewestCharacters = 6;

    private static readonly string[] _known =
    [
        "admin", "change", "default", "demo", "example", "password", "postgres", "redis", "root", "secret", "test", "todo", "trading",
        "your", "1234", "abcd",
    ];

    /// <summary>Asks for secrets; what is wrong with them is told together with all other mistakes.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="secrets">The secrets.</param>
    public static IHostApplicationBuilder RequireSecrets(
        this IHostApplicationBuilder builder, params RequiredSecret[] secrets)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Environment.IsProduction())
        {
            builder.Services.AddSingleton<IValidateOptions<ProductionSecrets>>(services =>
                new Validator(services.GetRequiredService<IConfiguration>(), secrets));
            builder.Services.AddOptions<ProductionSecrets>().ValidateOnStart();
        }

        return builder;
    }

    /// <summary>Why a secret is none; null where it may be one. The answer does not repeat it.</summary>
    /// <param name="secret">The value.</param>
    /// <param name="leastLength">Its least length.</param>
    public static string? Refuse(string? secret, int leastLength)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return "is not set";
        }

        if (secret.Length < leastLength)
        {
            return $"has fewer than {leastLength} characters";
        }

        // A long random text holds such a word by chance now and then, but not at its start.
        return secret.Distinct().Count() < FewestCharacters
            || _known.Any(word => secret.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                ? "is a default that everybody knows"
                : null;
    }

    private sealed class Validator(IConfiguration configuration, RequiredSecret[] secrets)
        : IValidateOptions<ProductionSecrets>
    {
        public ValidateOptionsResult Validate(string? name, ProductionSecrets options)
        {
            string[] mistakes =
            [
                .. from secret in secrets
                   let reason = Refuse(configuration[secret.Key], secret.LeastLength)
                   where reason is not null
                   select $"{secret.Key} {reason}; set a random one, for example by {secret.Key.Replace(":", "__", StringComparison.Ordinal)}_FILE.",
                .. from connection in configuration.GetSection("ConnectionStrings").GetChildren()
                   let password = PasswordOf(connection.Value)
                   where password is not null && Refuse(password, 8) is not null
                   select $"ConnectionStrings:{connection.Key}: the password {Refuse(password, 8)}.",
            ];
            return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
        }

        private static string? PasswordOf(string? connection) => connection?
            .Split([';', ','], StringSplitOptions.TrimEntries)
            .FirstOrDefault(part => part.StartsWith("password=", StringComparison.OrdinalIgnoreCase))?["password=".Length..];
    }
}

/// <summary>Carries the check of secrets; it has no settings of its own.</summary>
public sealed class ProductionSecrets;
