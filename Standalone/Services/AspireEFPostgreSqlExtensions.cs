using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Trading.Standalone.Services;

namespace Microsoft.Extensions.Hosting;

public static class AspireEFPostgreSqlExtensions
{
    public static void AddNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
        where TContext : DbContext
    {
        var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings
        {
            ConnectionString = builder.Configuration.GetConnectionString(connectionName),
        };
        configureSettings?.Invoke(settings);
        builder.Services.AddDbContextPool<TContext>(options =>
        {
            options.UseNpgsql(
                settings.ConnectionString
                    ?? throw new InvalidOperationException($"Set ConnectionStrings:{connectionName} to reach PostgreSQL."),
                npgsql =>
                {
                    npgsql.CommandTimeout(settings.CommandTimeout);
                    if (!settings.DisableRetry)
                    {
                        npgsql.EnableRetryOnFailure();
                    }
                });
            configureDbContextOptions?.Invoke(options);
        });
        AddHealthCheck<TContext>(builder, settings);
    }

    public static void EnrichNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null)
        where TContext : DbContext
    {
        var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings();
        configureSettings?.Invoke(settings);
        AddHealthCheck<TContext>(builder, settings);
    }

    private static void AddHealthCheck<TContext>(
        IHostApplicationBuilder builder, NpgsqlEntityFrameworkCorePostgreSQLSettings settings)
        where TContext : DbContext
    {
        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                typeof(TContext).Name,
                services => new DbContextHealthCheck<TContext>(services.GetRequiredService<IServiceScopeFactory>()),
                failureStatus: null,
                tags: null));
        }
    }
}
