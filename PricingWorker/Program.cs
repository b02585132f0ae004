using StackExchange.Redis;
using Trading.Data;
using Trading.Data.Settings;
using Trading.PricingWorker.Backtests;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.Hosting;
using Trading.PricingWorker.Import;
using Trading.PricingWorker.Jobs;
using Trading.PricingWorker.Quotes;
using Trading.PricingWorker.Signals;
using Trading.ServiceDefaults;
using Trading.ServiceDefaults.Settings;

if (args is ["import", .. var rest])
{
    return await ImportCommand.RunAsync(rest);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.RequireSecrets();
builder.AddTradingData();
builder.AddSchemaMigration();
builder.AddSyntheticMarket();
builder.AddRuntimeSettings(services => services.GetRequiredService<SettingStore>().ReadAsync);
builder.AddRedisClient(
    "cache",
    settings => settings.DisableHealthChecks = true,
    options => options.ReconnectRetryPolicy = new LinearRetry(1000));
builder.AddQuotes();
builder.AddBars();
builder.AddJobs();
builder.AddSignals();
builder.AddBacktestJobs();
builder.Services.AddHostedService<WorkerState>();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapQuotes();
return await app.RunCheckedAsync();
