using System.Diagnostics;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;
using Trading.Contracts;

namespace Trading.Benchmarks.Backtests;

/// <summary>
/// A backtest as a user asks for it: from the request to the answer that has the stored result, of 100 instruments over
/// five years of days, through the API of the whole system.
/// </summary>
internal sealed class BacktestRequestScenario : IScenario
{
    private const int Instruments = 100;
    private const int FiveYearsOfBars = 1200;
    private const int WarmUps = 5;
    private const int Rounds = 15;
    private const double MostSeconds = 1;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(200);

    public string Name => "request";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var system = await TradingSystem.StartAsync(
            repository,
            ["apiservice", "pricingworker"],
            ["--Services:apiservice:RateLimit:RequestsPerMinute=1000000"],
            cancellationToken);
        using var http = new HttpClient { BaseAddress = system.Endpoints.Url("apiservice") };
        var api = await SignInAsync(system, http, cancellationToken);
        var request = new BacktestRequest
        {
            Strategy = "ma_cross",
            Instruments = [.. (await new ApiProbe(http.BaseAddress).QuotedTickersAsync(Instruments, cancellationToken))
                .Take(Instruments)],
        };
        await WaitForBarsAsync(api, request.Instruments[^1], cancellationToken);
        var times = new List<double>();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            // Each with a seed of its own, so that nothing can be had from before.
            var seconds = await TimeAsync(api, request with { Seed = 1000 + round }, cancellationToken);
            if (round >= 0)
            {
                times.Add(seconds);
            }
        }

        return
        [
            new(Name, "100 instruments, 5 years daily, from the request to the stored result", "s", times.Median())
            {
                Required = Requirement.AtMost(MostSeconds),
            },
            new(Name, "the slowest of 15", "s", times.Max()),
        ];
    }

    private static async Task<double> TimeAsync(
        TradingClient api, BacktestRequest request, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var answer = await api.StartBacktestAsync(request, cancellationToken: cancellationToken);
        while (!answer.IsOver)
        {
            answer = await api.GetBacktestAsync(answer.Id, cancellationToken);
        }

        return answer.Result is null
            ? throw new InvalidOperationException($"The backtest ended as {answer.State}.")
            : Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }

    private static async Task<TradingClient> SignInAsync(
        TradingSystem system, HttpClient http, CancellationToken cancellationToken)
    {
        var admin = await WaitForAsync(
            async () => await system.TryReadLocalAsync("admin-password", cancellationToken), cancellationToken);
        var lines = admin.Split('\n');
        var tokens = await new TradingClient(http).LoginAsync(new LoginRequest(lines[0], lines[1]), cancellationToken);
        http.DefaultRequestHeaders.Authorization = new("Bearer", tokens.AccessToken);
        return new TradingClient(http);
    }

    private static async Task WaitForBarsAsync(TradingClient api, string ticker, CancellationToken cancellationToken) =>
        await WaitForAsync(
            async () =>
            {
                var page = await api.GetBarsPageAsync(
                    ticker, new BarQuery { Interval = "1d", Limit = FiveYearsOfBars }, cancellationToken);
                return page.Items.Count == FiveYearsOfBars ? "" : null;
            },
            cancellationToken);

    private static async Task<string> WaitForAsync(Func<Task<string?>> read, CancellationToken cancellationToken)
    {
        for (var startedAt = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(startedAt) < _patience;)
        {
            if (await read() is { } found)
            {
                return found;
            }

            await Task.Delay(_between, cancellationToken);
        }

        throw new TimeoutException($"The system has no first account or no bars after {_patience.TotalSeconds:0} s.");
    }
}
