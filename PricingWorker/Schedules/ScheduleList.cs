using System.Globalization;
using Microsoft.Extensions.Options;
using Trading.Data.CorporateActions;
using Trading.Data.Jobs;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers.History;
using Trading.PricingWorker.Upkeep;

namespace Trading.PricingWorker.Schedules;

/// <summary>What is to be done by the clock, as configured.</summary>
internal sealed class ScheduleList
{
    /// <summary>The schedule that a worker runs once when it starts.</summary>
    public const string CatchUp = "catch-up";

    private const string Utc = "Etc/UTC";

    public ScheduleList(IOptions<ScheduleOptions> options)
    {
        var when = options.Value;
        All =
        [
            .. Exchange.All.Select(exchange => DailyFetch(exchange, when.DailyFetchAt)),
            New(CatchUp, SessionJobs.JobKind, when.CatchUp, "Fetches sessions of all exchanges that were missed."),
            New("partitions", PartitionJobs.JobKind, when.Partitions, "Makes the partitions of the months to come."),
            New("retention", RetentionJobs.JobKind, when.Retention, "Moves bars older than is kept into files."),
            New("performance", PerformanceJobs.JobKind, when.Performance, "Computes the latest performance anew."),
            New("actions", ActionSyncJob.Kind, when.Actions, "Asks the providers for every split and dividend."),
            New("clean-up", CleanUpJobs.JobKind, when.CleanUp, "Removes what is over."),
        ];
    }

    public IReadOnlyList<Schedule> All { get; }

    /// <summary>The exchange on whose sessions a schedule runs; null where it runs every day.</summary>
    public static Exchange? ExchangeOf(Schedule schedule) => Exchange.All.FirstOrDefault(
        exchange => schedule.Name == NameOf(exchange) && exchange.Code != "CRYPTO");

    private static string NameOf(Exchange exchange) => $"daily-fetch-{exchange.Code.ToLowerInvariant()}";

    private static Schedule DailyFetch(Exchange exchange, TimeOnly at) => new()
    {
        Name = NameOf(exchange),
        Kind = SessionJobs.JobKind,
        Payload = SessionJobs.PayloadOf(exchange),
        Description = $"Fetches the session of {exchange.Code}.",
        Cron = string.Create(CultureInfo.InvariantCulture, $"{at.Second} {at.Minute} {at.Hour} ? * *"),
        TimeZone = exchange.TimeZoneId,
    };

    private static Schedule New(string name, string kind, string cron, string description) => new()
    {
        Name = name,
        Kind = kind,
        Payload = "{}",
        Description = description,
        Cron = cron,
        TimeZone = Utc,
    };
}
