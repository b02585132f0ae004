using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Sources;

namespace Trading.Benchmarks.Providers;

/// <summary>
/// Loads 30 instruments from a provider on this machine that takes 400 ms an answer, with the limits that Yahoo has by
/// default. Each has ten years of sessions.
/// </summary>
internal sealed class ProvidersScenario : IScenario
{
    private const int Instruments = 30;
    private const int Sessions = 2520;
    private const int Rounds = 5;

    private static readonly TimeSpan _answer = TimeSpan.FromMilliseconds(400);

    public string Name => "providers";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(cancellationToken);
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            // A new host has a full burst, as a worker has that begins.
            await using var services = Services(server.Urls.Single());
            times.Add(await LoadAsync(services.GetRequiredService<ProviderCatalog>(), cancellationToken));
        }

        return
        [
            new(Name, "load 30 instruments from a provider that takes 400 ms an answer, median", "s", times.Median())
            {
                Required = Requirement.AtMost(1),
            },
            new(Name, "the first time, with connections to open and code to compile", "s", times[0]),
        ];
    }

    private static async Task<double> LoadAsync(ProviderCatalog catalog, CancellationToken cancellationToken)
    {
        var chain = catalog.Of(AssetClass.Equity);
        var started = Stopwatch.GetTimestamp();
        var loaded = await Task.WhenAll(Enumerable.Range(0, Instruments).Select(number => chain.ReadDailyAsync(
            new Instrument(number, $"T{number}", $"T{number}", "US", null, "USD", "XNAS", Synthetic: false),
            new(2010, 1, 1),
            new(2030, 1, 1),
            cancellationToken)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return loaded.All(one => one.History.Bars.Count == Sessions)
            ? seconds
            : throw new InvalidOperationException("Not every session came.");
    }

    private static ServiceProvider Services(string url) => new ServiceCollection()
        .AddLogging()
        .AddMetrics()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Providers:Equity"] = "Yahoo",
            ["Providers:Yahoo:Url"] = url,
        }).Build())
        .AddSingleton(Microsoft.Extensions.Options.Options.Create(new QuoteOptions()))
        .AddProviders()
        .BuildServiceProvider();

    private static async Task<WebApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var body = Chart();
        app.Run(async context =>
        {
            await Task.Delay(_answer, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        });
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static byte[] Chart()
    {
        var first = new DateTimeOffset(2015, 1, 1, 14, 30, 0, TimeSpan.Zero);
        string Column(Func<int, FormattableString> cell) => string.Join(
            ',', Enumerable.Range(0, Sessions).Select(day => FormattableString.Invariant(cell(day))));
        return System.Text.Encoding.UTF8.GetBytes(
            "{\"chart\":{\"result\":[{\"meta\":{\"currency\":\"USD\",\"exchangeTimezoneName\":\"America/New_York\"},"
            + $"\"timestamp\":[{Column(day => $"{first.AddDays(day).ToUnixTimeSeconds()}")}],"
            + $"\"indicators\":{{\"quote\":[{{\"open\":[{Column(day => $"{100 + (day % 7)}.25")}],"
            + $"\"high\":[{Column(day => $"{110 + (day % 7)}.5")}],\"low\":[{Column(day => $"{90 + (day % 7)}.75")}],"
            + $"\"close\":[{Column(day => $"{101 + (day % 7)}.0999984741211")}],"
            + $"\"volume\":[{Column(day => $"{1_000_000 + day}")}]}}]}}}}],"
            + "\"error\":null}}");
    }
}
