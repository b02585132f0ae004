using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Trading.Contracts;
using Trading.Data.Accounts;
using Trading.Data.Schema;

namespace Trading.ApiService.Auth;

/// <summary>
/// Gives a system without accounts its first admin. The password is random and written once, to a file that its owner
/// alone can read: a log would keep it.
/// </summary>
internal sealed partial class FirstAdmin(
    SchemaState schema,
    AccountStore accounts,
    Passwords passwords,
    IOptions<AuthOptions> options,
    TimeProvider time,
    ILogger<FirstAdmin> logger) : BackgroundService
{
    private static readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenReady.WaitAsync(stoppingToken);
        while (!await TryAddAsync(stoppingToken))
        {
            await Task.Delay(_retryDelay, time, stoppingToken);
        }
    }

    private async Task<bool> TryAddAsync(CancellationToken stoppingToken)
    {
        try
        {
            await AddAsync(stoppingToken);
            return true;
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            LogRetry(error.Message);
            return false;
        }
    }

    private async Task AddAsync(CancellationToken cancellationToken)
    {
        var (email, password) = (options.Value.AdminEmail, SecretText.New());
        var normalizer = new UpperInvariantLookupNormalizer();
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = email,
            NormalizedUserName = normalizer.NormalizeName(email),
            Email = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            EmailConfirmed = true,
            SecurityStamp = SecretText.New(),
            PasswordHash = await passwords.HashAsync(password, cancellationToken),
            CreatedAt = time.GetUtcNow().UtcDateTime,
            Tier = Tiers.Enterprise,
        };
        var file = Path.GetFullPath(options.Value.AdminPasswordFile);
        if (await accounts.TryAddFirstAsync(user, Roles.Admin, cancellationToken))
        {
            await WriteAsync(file, $"{email}\n{password}\n", cancellationToken);
            LogAdded(email, file);
        }
    }

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var writing = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            writing.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(file, writing);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The first account is {Email}; its password is in {File}. Sign in, change it, and delete the file")]
    private partial void LogAdded(string email, string file);

    [LoggerMessage(LogLevel.Warning, "The first account could not be made, trying again: {Reason}")]
    private partial void LogRetry(string reason);
}
