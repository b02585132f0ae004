using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Trading.Data.Accounts;
using Trading.Data.Audit;
using Trading.Data.Bars;
using Trading.Data.Diagnostics;
using Trading.Data.Errors;
using Trading.Data.Figures;
using Trading.Data.Instruments;
using Trading.Data.Schema;
using Trading.Data.Seeding;
using Trading.Data.Settings;
using Trading.Data.Signals;
using Trading.Data.Strategies;
using Trading.ServiceDefaults.Errors;
using Trading.ServiceDefaults.Health;

namespace Trading.Data;

public static class TradingDataExtensions
{
    public const string ConnectionName = "tradingdb";

    /// <summary>The database, its context (pooled, and by factory) and the stores.</summary>
    public static IHostApplicationBuilder AddTradingData(this IHostApplicationBuilder builder)
    {
        // Read when first used, so that a test host can set it after this call.
        builder.Services.AddTradingData(services =>
            services.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionName)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionName} is not set."));
        builder.EnrichNpgsqlDbContext<TradingDbContext>();
        // Its check is registered there, without tags.
        builder.Services.PostConfigure<HealthCheckServiceOptions>(checks =>
        {
            foreach (var check in checks.Registrations.Where(check => check.Name == nameof(TradingDbContext)))
            {
                check.Tags.Add(TradingHealthChecks.Critical);
            }
        });
        builder.Services.AddSingleton<QueryPlans>();
        builder.Services.AddOptions<SlowQueryOptions>().BindConfiguration(SlowQueryOptions.Section)
            .Validate(options => options.SlowQuery > TimeSpan.Zero, "Database:SlowQuery: above zero.")
            .ValidateOnStart();
        builder.Services.AddSingleton<SlowQueries>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SlowQueries>());
        builder.Services.AddSingleton<ErrorStore>();
        builder.Services.AddSingleton<StoreErrors>(services => services.GetRequiredService<ErrorStore>().AddAsync);
        builder.Services.AddSingleton<SettingStore>();
        return builder;
    }

    /// <summary>The same without a host.</summary>
    public static IServiceCollection AddTradingData(
        this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => TradingDataSource.Create(connectionString(provider)));
        services.AddPooledDbContextFactory<TradingDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            // A failure is thrown and told by whoever handles it; the first migration's look for its history is none.
            .ConfigureWarnings(events => events.Log(
                (RelationalEventId.CommandExecuted, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug))));
        services.AddSingleton<InstrumentStore>();
        services.AddSingleton<BarStore>();
        services.AddSingleton<SignalRun>();
        services.AddSingleton<SignalStore>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<AccountChanges>();
        services.AddSingleton<SecondFactorStore>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<StreamTicketStore>();
        services.AddSingleton<StrategyStore>();
        services.AddSingleton<SchemaMigrator>();
        return services;
    }

    /// <summary>Migrates the database when the service starts; <c>/ready</c> waits for it.</summary>
    public static IHostApplicationBuilder AddSchemaMigration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SchemaState>();
        builder.Services.AddHostedService<SchemaMigrationService>();
        builder.Services.AddHealthChecks().AddCheck<SchemaHealthCheck>("schema", tags: ["ready", TradingHealthChecks.Critical]);
        return builder;
    }

    /// <summary>Shows in the metrics what the database holds.</summary>
    public static IHostApplicationBuilder AddStoredFigures(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<FiguresOptions>()
            .BindConfiguration(FiguresOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<FiguresStore>();
        builder.Services.AddHostedService<FiguresReader>();
        return builder;
    }

    /// <summary>Fills an empty database with the invented market, unless <c>Market:Synthetic</c> is false.</summary>
    public static IHostApplicationBuilder AddSyntheticMarket(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SyntheticMarketOptions>().BindConfiguration(SyntheticMarketOptions.Section);
        builder.Services.AddSingleton<SyntheticMarketSeeder>();
        builder.Services.AddHostedService<SyntheticMarketService>();
        return builder;
    }
}
