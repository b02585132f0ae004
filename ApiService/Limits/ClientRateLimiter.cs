using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Trading.ApiService.Edge;
using Trading.ServiceDefaults;

namespace Trading.ApiService.Limits;

/// <summary>
/// So many requests a minute per client. It knows the request, so that it can say on every answer what is left; the
/// framework's own limiters only say so on a refusal.
/// </summary>
internal sealed class ClientRateLimiter(
    IOptions<RateLimitOptions> options, TrustedCaller trusted, TimeProvider time) : PartitionedRateLimiter<HttpContext>
{
    private const int WindowSeconds = 60;
    private const int CachedNumbers = 4096;

    private static readonly Lease _allowed = new(true);
    private static readonly Lease _refused = new(false);
    private static readonly string[] _numbers =
        [.. Enumerable.Range(0, CachedNumbers).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private readonly ConcurrentDictionary<ClientKey, RateWindow> _clients = new();
    private readonly int _limit = options.Value.RequestsPerMinute;
    private readonly string _limitText = Text(options.Value.RequestsPerMinute);
    private readonly long _start = time.GetTimestamp();
    private uint _swept;

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        if (IsProbe(resource.Request.Path.Value) || trusted.Sent(resource.Request))
        {
            return _allowed;
        }

        var elapsed = (long)time.GetElapsedTime(_start).TotalSeconds;
        var window = (uint)(elapsed / WindowSeconds) + 1;
        Sweep(window);

        var client = ClientKey.Of(resource.Connection.RemoteIpAddress);
        var count = _clients.GetOrAdd(client, static _ => new RateWindow()).Count(window, _limit);
        var reset = Text((int)(WindowSeconds - (elapsed % WindowSeconds)));
        if (resource.Features.Get<RequestFacts>() is { } facts)
        {
            facts.Limits = (_limitText, Text(Math.Max(_limit - count, 0)), reset);
        }

        if (count <= _limit)
        {
            return _allowed;
        }

        resource.Response.Headers.RetryAfter = reset;
        return _refused;
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(resource, permitCount));

    // Probes have short paths: most requests are told apart without hashing theirs.
    private static bool IsProbe(string? path) => path is { Length: <= 8 } && HealthEndpoints.Paths.Contains(path);

    private static string Text(int number) =>
        (uint)number < CachedNumbers ? _numbers[number] : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Forgets, once a window, the clients of windows past.</summary>
    private void Sweep(uint window)
    {
        var swept = Volatile.Read(ref _swept);
        if (swept == window || Interlocked.CompareExchange(ref _swept, window, swept) != swept)
        {
            return;
        }

        foreach (var (client, counted) in _clients)
        {
            if (counted.Number < window)
            {
                _clients.TryRemove(client, out _);
            }
        }
    }

    private sealed class Lease(bool acquired) : RateLimitLease
    {
        public override bool IsAcquired => acquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, [MaybeNullWhen(false)] out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
