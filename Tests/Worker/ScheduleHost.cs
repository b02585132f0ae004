using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trading.Data;
using Trading.Data.Jobs;
using Trading.PricingWorker.Schedules;

namespace Trading.Tests.Worker;

/// <summary>The schedules of a worker without anybody who does their jobs.</summary>
internal sealed class ScheduleHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ScheduleHost(IHost host) => _host = host;

    public static async Task<ScheduleHost> StartAsync(
        ScratchDatabase database, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        builder.Configuration["ConnectionStrings:tradingdb"] = database.ConnectionString;
        builder.Services.AddMetrics();
        builder.AddTradingData();
        builder.AddSchemaMigration();
        builder.Services.AddSingleton<JobQueue>();
        builder.AddSchedules();
        builder.Logging.ClearProviders();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new ScheduleHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
