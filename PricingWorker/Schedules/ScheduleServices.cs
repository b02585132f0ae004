using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;
using Trading.Data.Jobs;

namespace Trading.PricingWorker.Schedules;

internal static class ScheduleServices
{
    /// <summary>Puts jobs into the queue when they are due, once for all workers.</summary>
    public static IHostApplicationBuilder AddSchedules(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<ScheduleOptions>, ScheduleValidation>();
        services.AddOptions<ScheduleOptions>().BindConfiguration(ScheduleOptions.Section).ValidateOnStart();
        if (Read(builder.Configuration) is not { Enabled: true } options || options.Mistakes().Any())
        {
            return builder;
        }

        services.AddSingleton<ScheduleList>();
        services.AddSingleton<ScheduleStore>();
        services.AddQuartz(quartz => Configure(quartz, options));
        services.AddHostedService<Scheduler>();
        return builder;
    }

    /// <summary>Null where a value cannot be read: that is refused before anything starts.</summary>
    private static ScheduleOptions? Read(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection(ScheduleOptions.Section).Get<ScheduleOptions>() ?? new();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Configure(IQuartzBuilder quartz, ScheduleOptions options)
    {
        quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = ScheduleStore.Scheduler);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory =
                services => services.GetRequiredService<NpgsqlDataSource>());
            store.UseSystemTextJsonSerializer();
            store.UseClustering(cluster => cluster.CheckinInterval = options.CheckInEvery);
            store.ConfigureStore(settings =>
            {
                settings.StoreJobDataAsStrings = true;
                settings.MisfireThreshold = options.MisfireAfter;
            });
        });
    }

    private sealed class ScheduleValidation : IValidateOptions<ScheduleOptions>
    {
        public ValidateOptionsResult Validate(string? name, ScheduleOptions options) =>
            options.Mistakes().ToArray() is { Length: > 0 } mistakes
                ? ValidateOptionsResult.Fail(mistakes)
                : ValidateOptionsResult.Success;
    }
}
