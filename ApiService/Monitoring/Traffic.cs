using System.Diagnostics.Metrics;
using Trading.Contracts;

namespace Trading.ApiService.Monitoring;

/// <summary>
/// Counts requests of the last minute by what the framework measures of each: how many, how they ended, how long they took.
/// </summary>
internal sealed class Traffic : IHostedService, IDisposable
{
    private const int Seconds = 60;
    // Each bucket is a quarter wider than the one before, from a microsecond up: p99 is known to within a quarter.
    private const int Buckets = 128;
    private const double Growth = 1.25;

    private static readonly double _scale = Math.Log(Growth);

    private readonly MeterListener _listener = new();
    private readonly Second[] _seconds = [.. Enumerable.Range(0, Seconds + 2).Select(_ => new Second())];
    private readonly TimeProvider _time;
    private readonly long _start;

    public Traffic(TimeProvider time)
    {
        (_time, _start) = (time, time.GetTimestamp());
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "http.server.request.duration", Meter.Name: "Microsoft.AspNetCore.Hosting" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Count(seconds, StatusOf(tags)));
    }

    /// <summary>The last 60 whole seconds, or those since the start.</summary>
    public TrafficResponse LastMinute
    {
        get
        {
            var now = Now;
            var from = Math.Max(now - Seconds, 0);
            var seconds = _seconds.Where(second => second.Number >= from && second.Number < now).ToArray();
            var length = Math.Max(now - from, 1);
            var buckets = new long[Buckets];
            foreach (var second in seconds)
            {
                second.AddTo(buckets);
            }

            return new TrafficResponse(
                seconds.Sum(second => second.Requests) / (double)length,
                seconds.Sum(second => second.Failed) / (double)length,
                seconds.Sum(second => second.Refused) / (double)length,
                Quantile(buckets, 0.5),
                Quantile(buckets, 0.95),
                Quantile(buckets, 0.99));
        }
    }

    private long Now => (long)_time.GetElapsedTime(_start).TotalSeconds;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    private static int StatusOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == "http.response.status_code")
            {
                return value is int status ? status : 0;
            }
        }

        return 0;
    }

    private static double? Quantile(long[] buckets, double share)
    {
        var wanted = buckets.Sum() * share;
        var seen = 0L;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            seen += buckets[bucket];
            if (seen > 0 && seen >= wanted)
            {
                return Math.Round(Math.Pow(Growth, bucket + 0.5) / 1000, 3);
            }
        }

        return null;
    }

    private void Count(double seconds, int status)
    {
        var number = Now;
        var second = _seconds[number % _seconds.Length];
        second.Begin(number);
        var bucket = (int)(Math.Log(Math.Max(seconds * 1e6, 1)) / _scale);
        second.Add(Math.Clamp(bucket, 0, Buckets - 1), status);
    }

    private sealed class Second
    {
        private readonly long[] _buckets = new long[Buckets];
        private long _number = -1;
        private long _requests;
        private long _failed;
        private long _refused;

        public long Number => Volatile.Read(ref _number);

        public long Requests => Volatile.Read(ref _requests);

        public long Failed => Volatile.Read(ref _failed);

        public long Refused => Volatile.Read(ref _refused);

        // Whoever comes first in a second clears what was counted a minute ago; a count or two may get lost over it.
        public void Begin(long number)
        {
            var last = Volatile.Read(ref _number);
            if (last != number && Interlocked.CompareExchange(ref _number, number, last) == last)
            {
                Array.Clear(_buckets);
                (_requests, _failed, _refused) = (0, 0, 0);
            }
        }

        public void Add(int bucket, int status)
        {
            Interlocked.Increment(ref _buckets[bucket]);
            Interlocked.Increment(ref _requests);
            if (status >= StatusCodes.Status500InternalServerError)
            {
                Interlocked.Increment(ref _failed);
            }
            else if (status >= StatusCodes.Status400BadRequest)
            {
                Interlocked.Increment(ref _refused);
            }
        }

        public void AddTo(long[] buckets)
        {
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                buckets[bucket] += Volatile.Read(ref _buckets[bucket]);
            }
        }
    }
}
