using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults.Settings;

/// <summary>
/// Secrets from files, as orchestrators mount them: <c>NAME_FILE</c> in the environment names the file of one setting
/// (<c>Auth__SigningKey_FILE=/run/secrets/signing-key</c>); <c>SECRETS_FOLDER</c> a folder with a file for each
/// (<c>Auth__SigningKey</c>), which is read again when it changes.
/// </summary>
public static class SecretFiles
{
    private const string Ending = "_FILE";
    private const string FolderKey = "SECRETS_FOLDER";

    /// <summary>Puts the secrets of files above the configuration so far.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <exception cref="FileNotFoundException">A file that is named is not there; the message says which setting names it.</exception>
    public static IHostApplicationBuilder AddSecretFiles(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var single = new Dictionary<string, string?>();
        foreach (var (name, file) in Named())
        {
            if (!File.Exists(file))
            {
                throw new FileNotFoundException($"{name}{Ending} names a file that is not there: {file}", file);
            }

            single[name.Replace("__", ":", StringComparison.Ordinal)] = File.ReadAllText(file).TrimEnd('\r', '\n');
        }

        builder.Configuration.AddInMemoryCollection(single);
        if (builder.Configuration[FolderKey] is { Length: > 0 } folder)
        {
            builder.Configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: false, reloadOnChange: true);
        }

        return builder;
    }

    private static IEnumerable<(string Name, string File)> Named() =>
        from System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        where name.EndsWith(Ending, StringComparison.Ordinal) && name.Contains("__", StringComparison.Ordinal)
        select (name[..^Ending.Length], (string?)variable.Value ?? string.Empty);
}
