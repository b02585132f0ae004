using Trading.ApiService;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Backtests;
using Trading.ApiService.Currencies;
using Trading.ApiService.Caching;
using Trading.ApiService.Edge;
using Trading.ApiService.Experiments;
using Trading.ApiService.Instruments;
using Trading.ApiService.Jobs;
using Trading.ApiService.Limits;
using Trading.ApiService.Monitoring;
using Trading.ApiService.Providers;
using Trading.ApiService.Quality;
using Trading.ApiService.Quotes;
using Trading.ApiService.Settings;
using Trading.ApiService.Strategies;
using Trading.ApiService.Stream;
using Trading.ApiService.Webhooks;
using Trading.Data;
using Trading.ServiceDefaults;
using Trading.ServiceDefaults.Settings;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.RequireSecrets(new("Auth:SigningKey", 32), new("ServiceKey", 24));
builder.AddTradingData();
builder.AddSchemaMigration();
builder.AddStoredFigures();

builder.AddEdge();
builder.AddRateLimits();
builder.AddAudit();
builder.AddAccounts();
builder.AddWebhooks();
builder.AddSettings();
builder.AddInstruments();
builder.AddCurrencies();
builder.AddQuality();
builder.AddQuoteBoard();
builder.AddQuoteFeed();
builder.AddStream();
builder.AddJobs();
builder.AddCaching();
builder.AddStrategies();
builder.AddBacktests();
builder.AddExperiments();
builder.AddMonitoring();
builder.AddProviderStatus();

var app = builder.Build();

app.UseEdge();
app.UseDocsGate();
app.MapRoutes();

return await app.RunCheckedAsync();
