using StackExchange.Redis;
using Trading.Data;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.Quotes;
using Trading.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTradingData();
builder.AddSchemaMigration();
builder.AddRedisClient(
    "cache",
    settings => settings.DisableHealthChecks = true,
    options => options.ReconnectRetryPolicy = new LinearRetry(1000));
builder.AddQuotes();
builder.AddBars();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapQuotes();
await app.RunAsync();
