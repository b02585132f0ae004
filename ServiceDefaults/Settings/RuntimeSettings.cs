using Microsoft.Extensions.Configuration;

namespace Trading.ServiceDefaults.Settings;

/// <summary>
/// Configuration that changes while the service runs. It stands above all other configuration; what it does not hold is
/// as the files and the environment say.
/// </summary>
public sealed class RuntimeSettings : ConfigurationProvider, IConfigurationSource
{
    /// <summary>The keys of what may be changed: levels of logs, and feature flags.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = ["Logging:LogLevel:", "FeatureManagement:"];

    /// <summary>Whether a key may be set while the service runs.</summary>
    /// <param name="key">Such as <c>LOG_LEVEL</c> or <c>FeatureManagement:Registration</c>.</param>
    public static bool Allows(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key == Logging.JsonLogging.LevelKey
            || Prefixes.Any(prefix => key.Length > prefix.Length && key.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Puts new settings in place of all that were here, and tells those who watch the configuration.</summary>
    /// <param name="settings">The settings; keys that may not be set are left out.</param>
    /// <returns>Whether anything has changed.</returns>
    public bool Replace(IReadOnlyDictionary<string, string> settings)
    {
        var next = settings.Where(pair => Allows(pair.Key))
            .ToDictionary(pair => pair.Key, string? (pair) => pair.Value, StringComparer.OrdinalIgnoreCase);
        if (next.Count == Data.Count
            && next.All(pair => Data.TryGetValue(pair.Key, out var value) && value == pair.Value))
        {
            return false;
        }

        Data = next;
        OnReload();
        return true;
    }
}
