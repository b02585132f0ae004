using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;
using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.Benchmarks.Storage;

/// <summary>
/// 20 million bars of minutes into partitions by month, and weeks of single instruments out of them over the API. The
/// database is the run's own, and goes with it.
/// </summary>
internal sealed class StorageScenario : IScenario
{
    private const int WarmUps = 100;
    private const int Reads = 2000;
    private const int AtOnce = 1;
    private const int BarsOfWeek = 5 * MinuteMarket.MinutesOfSession;
    private const double FewestBarsPerSecond = 100_000;
    private const double MostMilliseconds = 20;

    public string Name => "storage";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var system = await TradingSystem.StartAsync(
            repository,
            ["apiservice"],
            [
                "--Services:apiservice:RateLimit:RequestsPerMinute=1000000000",
                "--Services:pricingworker:Market:Synthetic=false",
                "--Services:pricingworker:Quotes:TicksPerSecond=0.1",
            ],
            cancellationToken);
        await using var database = NpgsqlDataSource.Create(system.Endpoints.ConnectionString("tradingdb"));
        var seconds = await FillAsync(database, cancellationToken);
        using var http = new HttpClient { BaseAddress = system.Endpoints.Url("apiservice") };
        var times = await ReadAsync(http, cancellationToken);
        return
        [
            new(Name, $"{MinuteMarket.Bars:N0} bars of minutes stored", "bars/s", MinuteMarket.Bars / seconds)
            {
                Required = Requirement.AtLeast(FewestBarsPerSecond),
            },
            new(Name, $"GET /bars of one week of one instrument, {BarsOfWeek} of {MinuteMarket.Bars:N0} bars, p99", "ms", At(times, 0.99))
            {
                Required = Requirement.AtMost(MostMilliseconds),
            },
            new(Name, "the same, median", "ms", At(times, 0.5)),
        ];
    }

    private static async Task<double> FillAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var market = await MinuteMarket.ListAsync(database, cancellationToken);
        var store = new BarStore(database, TimeProvider.System);
        var seconds = 0.0;
        for (var number = 0; number < MinuteMarket.Instruments; number++)
        {
            var bars = market.BarsOf(number);
            var started = Stopwatch.GetTimestamp();
            await store.UpsertAsync(BarInterval.OneMinute, bars, cancellationToken);
            seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (number % 10 == 9)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{number + 1} instruments stored in {seconds:0.0} s"));
            }
        }

        // What the server does by itself in the minutes after so many rows, so that it does not do it beside the reads.
        foreach (var tidying in (string[])["VACUUM (ANALYZE) minute_bars", "CHECKPOINT"])
        {
            await using var tidy = database.CreateCommand(tidying);
            tidy.CommandTimeout = 0;
            await tidy.ExecuteNonQueryAsync(cancellationToken);
        }

        return seconds;
    }

    /// <summary>Each a week and an instrument drawn anew, one after the other.</summary>
    private static async Task<double[]> ReadAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var times = new double[WarmUps + Reads];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async reader =>
        {
            var random = new Random(reader);
            while (Interlocked.Increment(ref next) is var mine && mine < times.Length)
            {
                var monday = MinuteMarket.WeekOf(random);
                var ticker = MinuteMarket.TickerOf(random.Next(MinuteMarket.Instruments));
                var path = $"/api/v1/bars/{ticker}?interval=1m&from={monday:yyyy-MM-dd}&to={monday.AddDays(4):yyyy-MM-dd}&limit={BarsOfWeek}";
                var started = Stopwatch.GetTimestamp();
                var body = await http.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellationToken);
                times[mine] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (body.AsSpan().Count("\"time\""u8) != BarsOfWeek)
                {
                    throw new InvalidOperationException($"{path} did not bring {BarsOfWeek} bars.");
                }
            }
        }));
        var measured = times[WarmUps..];
        Array.Sort(measured);
        return measured;
    }

    private static double At(double[] sorted, double part) => sorted[(int)Math.Ceiling(sorted.Length * part) - 1];
}
