using System.Runtime.InteropServices;
using Trading.Benchmarks;
using Trading.Benchmarks.Backtests;
using Trading.Benchmarks.Caching;
using Trading.Benchmarks.FanOut;
using Trading.Benchmarks.Faults;
using Trading.Benchmarks.Import;
using Trading.Benchmarks.Indicators;
using Trading.Benchmarks.Limits;
using Trading.Benchmarks.Micro;
using Trading.Benchmarks.Providers;
using Trading.Benchmarks.Quotes;
using Trading.Benchmarks.Running;
using Trading.Benchmarks.StartUp;
using Trading.Benchmarks.Storage;
using Trading.Benchmarks.TradingSignals;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) => { key.Cancel = true; stop.Cancel(); };
using var terminated = PosixSignalRegistration.Create(
    PosixSignal.SIGTERM, signal => { signal.Cancel = true; stop.Cancel(); });

IScenario[] scenarios =
[
    new ImportScenario(), new QuotesScenario(), new TelemetryScenario(), new LoginStormScenario(),
    new FanOutScenario(), new LimiterScenario(), new IndicatorsScenario(), new BacktestsScenario(),
    new BacktestRequestScenario(), new SignalsScenario(), new ProvidersScenario(), new CacheScenario(), new RedisFaultScenario(),
    new StorageScenario(), new StartScenario(),
];
try
{
    return args switch
    {
        [BareKestrel.Verb, var port, var body] => await BareKestrel.RunAsync(port, body, stop.Token),
        [LoadClient.Verb, var plan] => await LoadClient.RunAsync(plan, stop.Token),
        ["micro", .. var rest] => MicroBenchmarks.Run(Repository.Find(), rest),
        _ => await ScenarioRun.RunAsync(scenarios, args, Repository.Find(), stop.Token),
    };
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
