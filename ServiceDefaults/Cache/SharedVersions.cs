using System.Globalization;
using StackExchange.Redis;

namespace Trading.ServiceDefaults.Cache;

/// <summary>
/// The versions that values in Redis were read under: one for each tag, and one for all of them with the patterns that
/// were invalidated under it. Each is a text that never comes again, so that a value whose version was replaced, evicted
/// or flushed is stale for good.
/// </summary>
internal sealed class SharedVersions(string prefix)
{
    // A version that expires costs the values under it, and nothing else.
    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(2);

    private const int MostPatterns = 32;

    private readonly RedisKey _all = prefix + "state";

    /// <summary>What a value of this key is read under now, as one number.</summary>
    public async Task<ulong> ReadAsync(IDatabase database, string key, string[] tags)
    {
        var all = EnsureAsync(database, _all);
        var each = tags.Select(tag => EnsureAsync(database, KeyOf(tag))).ToArray();
        return Combine(key, await all, await Task.WhenAll(each));
    }

    public async Task RaiseAsync(IDatabase database, string tag) =>
        await database.StringSetAsync(KeyOf(tag), NewVersion(), _lifetime);

    public async Task RaiseAllAsync(IDatabase database) => await database.StringSetAsync(_all, NewVersion(), _lifetime);

    public async Task RaiseMatchingAsync(IDatabase database, KeyPattern pattern)
    {
        var state = await EnsureAsync(database, _all);
        if (state.Count(letter => letter == '\n') >= MostPatterns)
        {
            await RaiseAllAsync(database);
            return;
        }

        // Appended in one step, so that two at a time lose neither.
        await database.StringAppendAsync(_all, $"\n{NewVersion()} {pattern}");
        await database.KeyExpireAsync(_all, _lifetime);
    }

    private static string NewVersion() => Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);

    private static async Task<string> EnsureAsync(IDatabase database, RedisKey key)
    {
        var version = (string?)await database.StringGetAsync(key);
        while (string.IsNullOrEmpty(version) || version[0] == '\n')
        {
            // A pattern that was appended to a state that had just gone leaves one without its own version.
            await (version is null
                ? database.StringSetAsync(key, NewVersion(), _lifetime, When.NotExists)
                : database.StringSetAsync(key, NewVersion(), _lifetime));
            version = await database.StringGetAsync(key);
        }

        return version;
    }

    private static ulong Combine(string key, string all, string[] each)
    {
        var lines = all.Split('\n');
        var sum = Mix(14695981039346656037UL, lines[0]);
        foreach (var line in lines.AsSpan(1))
        {
            if (line.Split(' ', 2) is [var version, var pattern] && new KeyPattern(pattern).Matches(key))
            {
                sum = Mix(sum, version);
            }
        }

        return each.Aggregate(sum, Mix);
    }

    // FNV-1a: the same on every replica.
    private static ulong Mix(ulong sum, string text)
    {
        foreach (var letter in text)
        {
            sum = (sum ^ letter) * 1099511628211UL;
        }

        return (sum ^ '\n') * 1099511628211UL;
    }

    private RedisKey KeyOf(string tag) => prefix + "tag:" + tag;
}
