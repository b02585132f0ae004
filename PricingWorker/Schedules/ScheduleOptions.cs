using Quartz;

namespace Trading.PricingWorker.Schedules;

/// <summary>What is done when; section <c>Schedules</c>. Cron expressions begin with seconds and mean UTC.</summary>
internal sealed class ScheduleOptions
{
    public const string Section = "Schedules";

    /// <summary>False leaves the schedules to other workers; their jobs may still be done here.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>When each exchange's sessions are fetched, on its own clock.</summary>
    public TimeOnly DailyFetchAt { get; set; } = new(18, 0);

    /// <summary>When sessions are looked for that were missed, of all exchanges.</summary>
    public string CatchUp { get; set; } = "0 20 * * * ?";

    /// <summary>When partitions are made ahead, and rows that have none are given theirs.</summary>
    public string Partitions { get; set; } = "0 30 0 * * ?";

    /// <summary>When bars that are older than is kept are put into files and dropped.</summary>
    public string Retention { get; set; } = "0 0 3 * * ?";

    /// <summary>When the latest performance is computed anew, where bars have changed.</summary>
    public string Performance { get; set; } = "30 * * * * ?";

    /// <summary>When the providers are asked for all splits and dividends, also of years ago.</summary>
    public string Actions { get; set; } = "0 0 6 ? * SUN";

    /// <summary>When what is over is removed.</summary>
    public string CleanUp { get; set; } = "0 10 * * * ?";

    /// <summary>Later than this a run was missed; it is made up for once, however many were.</summary>
    public TimeSpan MisfireAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a worker says to the others that it lives.</summary>
    public TimeSpan CheckInEvery { get; set; } = TimeSpan.FromSeconds(7.5);

    /// <summary>All that is wrong with it.</summary>
    public IEnumerable<string> Mistakes()
    {
        foreach (var (name, cron) in ((string, string)[])
            [
                (nameof(CatchUp), CatchUp), (nameof(Partitions), Partitions), (nameof(Retention), Retention),
                (nameof(Performance), Performance), (nameof(Actions), Actions), (nameof(CleanUp), CleanUp),
            ])
        {
            if (!CronExpression.TryParse(cron, out _))
            {
                yield return $"{Section}:{name}: a cron expression such as \"0 30 0 * * ?\", seconds first.";
            }
        }

        if (MisfireAfter < TimeSpan.FromSeconds(1) || CheckInEvery < TimeSpan.FromSeconds(1))
        {
            yield return $"{Section}:MisfireAfter, {Section}:CheckInEvery: at least a second.";
        }
    }
}
