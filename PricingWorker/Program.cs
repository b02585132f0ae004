using StackExchange.Redis;
using Trading.Data;
using Trading.Data.Settings;
using Trading.PricingWorker.Backtests;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.CorporateActions;
using Trading.PricingWorker.Experiments;
using Trading.PricingWorker.Hosting;
using Trading.PricingWorker.Import;
using Trading.PricingWorker.Jobs;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Quotes;
using Trading.PricingWorker.Schedules;
using Trading.PricingWorker.Signals;
using Trading.PricingWorker.Upkeep;
using Trading.ServiceDefaults;
using Trading.ServiceDefaults.RateLimits;
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
builder.AddSharedRateLimits();
builder.AddQuotes();
builder.AddBars();
builder.AddJobs();
builder.AddUpkeep();
builder.AddSchedules();
builder.AddSignals();
builder.AddCorporateActions();
builder.AddBacktestJobs();
builder.AddExperiments();
builder.Services.AddHostedService<WorkerState>();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapQuotes();
ProviderStatusReader.MapTo(app);
return await app.RunCheckedAsync();
