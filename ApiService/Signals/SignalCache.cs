using System.Collections.Concurrent;
using Trading.ServiceDefaults.Messages;

namespace Trading.ApiService.Signals;

/// <summary>
/// Answers about signals, read once for all who ask at a time, and thrown away when signals change. Should that not be
/// heard, they are a few seconds old at most.
/// </summary>
internal sealed class SignalCache
{
    private static readonly TimeSpan _maxAge = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public SignalCache(UserFeed feed, TimeProvider time)
    {
        _time = time;
        feed.Listen((_, message) =>
        {
            if (message.Span.StartsWith("{\"type\":\"signal\""u8))
            {
                Clear();
            }
        });
    }

    public void Clear() => _entries.Clear();

    /// <summary>The answer of a key; whoever asks first reads it, and who gives up does not take it from others.</summary>
    public async Task<T> GetAsync<T>(
        string key, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(key, _ => NewEntry(read));
        if (_time.GetElapsedTime(entry.ReadAt) > _maxAge || entry.Answer.Value.IsFaulted)
        {
            var newer = NewEntry(read);
            entry = _entries.TryUpdate(key, newer, entry) ? newer : _entries.GetOrAdd(key, newer);
        }

        return (T)await entry.Answer.Value.WaitAsync(cancellationToken);
    }

    private Entry NewEntry<T>(Func<CancellationToken, Task<T>> read) => new(
        _time.GetTimestamp(), new Lazy<Task<object>>(async () => (await read(CancellationToken.None))!));

    private sealed record Entry(long ReadAt, Lazy<Task<object>> Answer);
}
