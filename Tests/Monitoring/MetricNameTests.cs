using System.Text.RegularExpressions;
using Trading.Contracts;
using Trading.Data.Import;
using Trading.Tests.Integration;

namespace Trading.Tests.Monitoring;

/// <summary>Dashboards, rules and docs/metrics.md speak of metrics that there are.</summary>
[Collection(SystemTests.Name)]
public sealed partial class MetricNameTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_metric_of_dashboards_and_rules_is_there_in_the_running_system()
    {
        var named = DeployedFiles.Dashboards.SelectMany(DeployedFiles.Queries)
            .Concat(DeployedFiles.Alerts().Select(alert => DeployedFiles.QueryOf(alert.Text)))
            .SelectMany(DeployedFiles.MetricsOf)
            .Where(name => name != "up")
            .ToHashSet();
        Assert.Contains("trading_quote_age_seconds", named);
        Assert.Contains("http_server_request_duration_seconds_bucket", named);

        await AreThereAsync(text => [.. named.Where(name => !Regex.IsMatch(text, $@"^{name}[{{ ]", RegexOptions.Multiline))]);
    }

    [Fact]
    public async Task The_documented_metrics_of_our_own_are_there_and_those_that_are_there_are_documented()
    {
        var rows = Documented();
        var ours = rows.Keys.Where(name => name.StartsWith("trading_", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(ours);

        var text = await AreThereAsync(all => [.. ours.Where(name => !all.Contains($"# TYPE {name} ", StringComparison.Ordinal))]);

        foreach (var type in Types().Matches(text).AsEnumerable())
        {
            var name = type.Groups[1].Value;
            Assert.True(rows.ContainsKey(name), $"docs/metrics.md has no row of {name}.");
            Assert.Equal(rows[name].Type, type.Groups[2].Value);
        }

        foreach (var sample in Samples().Matches(text).AsEnumerable())
        {
            var family = Suffix().Replace(sample.Groups[1].Value, "");
            var labels = Labels().Matches(sample.Groups[2].Value).Select(label => label.Groups[1].Value);
            Assert.Empty(labels.Except(rows[family].Labels.Append("le")));
        }
    }

    private static Dictionary<string, (string Type, string[] Labels)> Documented() =>
        Rows().Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "metrics.md"))).ToDictionary(
            row => row.Groups[1].Value,
            row => (row.Groups[2].Value, Ticks().Matches(row.Groups[3].Value).Select(label => label.Groups[1].Value).ToArray()));

    /// <summary>The metrics of all services, once nothing is missing.</summary>
    private async Task<string> AreThereAsync(Func<string, string[]> missing)
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        var user = await system.SignInAsync(Cancellation);
        user.Http.Dispose();
        await using var receiver = await HookReceiver.StartAsync();
        var webhook = await user.Api.CreateWebhookAsync(
            new(receiver.Url.ToString(), [WebhookEventTypes.Logout]), Cancellation);
        await user.Api.TestWebhookAsync(webhook.Details.Id, Cancellation);
        await user.Api.CheckStrategyAsync("entry: close > sma(20)", Cancellation);
        // New bars, which a worker follows: it may be another than the one that followed the market at the start.
        using var bars = TemporaryFile.Of(
            "ticker,date,open,high,low,close,volume",
            $"M{Guid.NewGuid().ToString("n")[..8].ToUpperInvariant()},2021-03-01,5,6,4,5.5,100");
        await new BarImporter(system.Database, TimeProvider.System)
            .ImportAsync(bars.Path, ImportOptions.Default, null, Cancellation);
        // Too long for a request: a worker does it.
        await user.Api.StartBacktestAsync(
            new BacktestRequest
            {
                Strategy = "rsi_reversion",
                Instruments = [ticker],
                BootstrapSamples = 0,
                Sweep = new([new("period", 2, 50, 1), new("oversold", 10, 45, 1), new("recovered", 46, 90, 10)]),
            },
            Cancellation);
        var experiment = await user.Api.StartExperimentAsync(
            new ExperimentRequest
            {
                Instruments = [ticker],
                Arms = [new() { Strategy = "ma_cross" }, new() { Strategy = "macd" }],
            },
            Cancellation);
        await system.BeganEarlierAsync(experiment.Id, TimeSpan.FromDays(30), Cancellation);
        using var web = new HttpClient { BaseAddress = system.WebAddress };
        await web.GetStringAsync("/", Cancellation);
        await system.Api.GetQuoteAsync(ticker, Cancellation);
        string[] last = [];
        try
        {
            return await Eventually.ReturnsAsync(
                async () =>
                {
                    var texts = await Task.WhenAll(
                        SystemMetrics.Services.Select(service => system.MetricsAsync(service, Cancellation)));
                    var text = string.Concat(texts);
                    last = missing(text);
                    return last.Length == 0 ? text : null;
                },
                "every metric is there",
                TimeSpan.FromMinutes(2));
        }
        catch (Xunit.Sdk.XunitException)
        {
            Assert.Fail($"Not there: {string.Join(", ", last)}");
            throw;
        }
    }

    [GeneratedRegex(@"^\| `(\w+)` \| (\w+) \| [^|]* \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Ticks();

    [GeneratedRegex(@"^# TYPE (\w+) (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Types();

    [GeneratedRegex(@"^(trading_\w+)\{(.*)\} ", RegexOptions.Multiline)]
    private static partial Regex Samples();

    [GeneratedRegex("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Labels();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
