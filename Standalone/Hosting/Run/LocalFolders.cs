using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Trading.Standalone.Hosting;

/// <summary>Where a run keeps what is not source: data, logs, generated secrets.</summary>
internal sealed class LocalFolders
{
    private readonly Lock _gate = new();

    public LocalFolders(IConfiguration configuration, string appHostDirectory)
    {
        Root = Path.GetFullPath(configuration["LocalFolder"] ?? "../.local", appHostDirectory);
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public string Logs => Directory.CreateDirectory(Path.Combine(Root, "logs")).FullName;

    /// <summary>Where backups are kept, owned by the database's user: apart from the data, so that a reset leaves them.</summary>
    public async Task<string> OpenArchiveAsync(string user, CancellationToken cancellation) =>
        (await StoreFolder.OpenAsync(Path.Combine(Root, "backups"), "backups", isKept: true, user, cancellation)).Path;

    public string GetOrAddSecret(string name, Func<string> create)
    {
        var file = Path.Combine(Root, "secrets.json");
        lock (_gate)
        {
            var secrets = File.Exists(file)
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? []
                : [];
            if (!secrets.TryGetValue(name, out var secret))
            {
                secrets[name] = secret = create();
                WritePrivately(file, JsonSerializer.Serialize(secrets));
            }

            return secret;
        }
    }

    private static void WritePrivately(string file, string text)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }
}
