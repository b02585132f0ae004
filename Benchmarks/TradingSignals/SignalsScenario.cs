using System.Diagnostics;
using System.Globalization;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;
using Trading.Data.Signals;
using Trading.Domain.Market;

namespace Trading.Benchmarks.TradingSignals;

/// <summary>
/// The daily close of 500 instruments: from looking for new bars to the signals, ends and anomalies being stored, on a
/// real PostgreSQL, as the worker does it. The curve of the next day's confidences, which the worker fits once the signals
/// are out, is fitted between the rounds.
/// </summary>
internal sealed class SignalsScenario : IScenario
{
    private const int Days = 7;
    private const double MostSeconds = 1;

    public string Name => "signals";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var system = await TradingSystem.StartAsync(
            repository, ["tradingdb"], ["--Services:pricingworker:Quotes:TicksPerSecond=0.1"], cancellationToken);
        await using var database = await SignalsDatabase.CreateAsync(
            system.Endpoints.ConnectionString("tradingdb"), cancellationToken);
        var run = new SignalRun(database.Source, TimeProvider.System);
        var past = await TimeAsync(run, SignalsDatabase.End.AddDays(-Days), cancellationToken);
        var times = new List<double>();
        for (var day = 1 - Days; day <= 0; day++)
        {
            var (seconds, result) = await TimeAsync(run, SignalsDatabase.End.AddDays(day), cancellationToken);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Instruments} instruments in {seconds:0.000} s, {result.Backfilled + result.Generated} signals made"));
            if (result.Instruments == SignalsDatabase.Instruments)
            {
                times.Add(seconds);
            }
        }

        return
        [
            new(Name, "500 instruments after the daily close, until stored", "s", times.Median())
            {
                Required = Requirement.AtMost(MostSeconds),
            },
            new(Name, $"{past.Result.Backfilled} signals of five years of 500 instruments", "s", past.Seconds),
        ];
    }

    private static async Task<(double Seconds, SignalRunResult Result)> TimeAsync(
        SignalRun run, DateTime until, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await run.RunAsync(BarInterval.OneDay, null, until, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await run.RefitAsync(BarInterval.OneDay, cancellationToken);
        return (seconds, result);
    }
}
