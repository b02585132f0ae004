using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Backtests;
using Trading.ApiService.Bars;
using Trading.ApiService.CorporateActions;
using Trading.ApiService.Currencies;
using Trading.ApiService.Edge;
using Trading.ApiService.Exchanges;
using Trading.ApiService.Experiments;
using Trading.ApiService.Instruments;
using Trading.ApiService.Jobs;
using Trading.ApiService.Monitoring;
using Trading.ApiService.Providers;
using Trading.ApiService.Quality;
using Trading.ApiService.Quotes;
using Trading.ApiService.Settings;
using Trading.ApiService.Signals;
using Trading.ApiService.Strategies;
using Trading.ApiService.Stream;
using Trading.ApiService.Webhooks;
using Trading.ServiceDefaults;

namespace Trading.ApiService;

/// <summary>Every path of the service; the tests map the same.</summary>
internal static class Routes
{
    public static void MapRoutes(this WebApplication app)
    {
        app.MapDefaultEndpoints();
        app.MapDocumentation();
        app.MapStream();
        app.MapSettingsFeed();

        var api = app.MapGroup($"/api/{ApiVersions.Current}").RefuseUnknownParameters();
        api.MapInstruments();
        api.MapExchanges();
        api.MapCurrencies();
        api.MapQuality();
        api.MapCorporateActions();
        api.MapQuotes();
        api.MapBars();
        api.MapUserStream();
        api.MapAccounts();
        api.MapWebhooks();
        api.MapBacktests();
        api.MapExperiments();
        api.MapJobs();
        api.MapBackfills();
        api.MapDeadLetters();
        api.MapSignals();
        api.MapStrategies();
        api.MapAudit();
        api.MapMonitoring();
        api.MapProviders();
        api.MapSettings();
    }
}
