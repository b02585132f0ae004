using Quartz;
using Trading.Data.Jobs;
using Trading.Data.Schema;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Schedules;

/// <summary>
/// Fires what is due, together with the schedulers of the other workers. What was due while none ran is made up for
/// once. While the database is away it waits.
/// </summary>
internal sealed partial class Scheduler(
    SchemaState schema,
    ISchedulerFactory factory,
    ScheduleList list,
    ScheduleStore store,
    JobQueue queue,
    TimeProvider time,
    ILogger<Scheduler> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);
    private IScheduler? _scheduler;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is { } scheduler)
        {
            await ShutDownAsync(scheduler, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenReady.WaitAsync(stoppingToken);
        while (!await TryStartAsync(stoppingToken))
        {
            await Task.Delay(_pause, time, stoppingToken);
        }
    }

    // It may wait for a database that is away, longer than the host has.
    private async Task ShutDownAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        try
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken).AsTask().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogLeft();
        }
    }

    private async Task<bool> TryStartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _scheduler ??= await factory.GetScheduler(cancellationToken);
            await store.SaveAsync(list.All, cancellationToken);
            foreach (var schedule in list.All)
            {
                await ArrangeAsync(_scheduler, schedule, cancellationToken);
            }

            await RemoveOthersAsync(_scheduler, cancellationToken);
            await _scheduler.Start(cancellationToken);
            await CatchUpAsync(cancellationToken);
            LogStarted(list.All.Count);
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogRetry(error);
            return false;
        }
    }

    /// <summary>Leaves a trigger that is as it should be alone: one put anew would forget what it has missed.</summary>
    private async Task ArrangeAsync(IScheduler scheduler, Schedule schedule, CancellationToken cancellationToken)
    {
        var exchange = ScheduleList.ExchangeOf(schedule);
        if (exchange is not null)
        {
            await ArrangeHolidaysAsync(scheduler, exchange, cancellationToken);
        }

        var job = JobOf(schedule);
        var present = await scheduler.GetTrigger(new TriggerKey(schedule.Name), cancellationToken);
        if (present is ICronTrigger trigger && trigger.CronExpressionString == schedule.Cron
            && trigger.TimeZone.Id == schedule.TimeZone && trigger.CalendarName == exchange?.Code)
        {
            await scheduler.AddJob(job, AddJobOptions.Replacing, cancellationToken);
            return;
        }

        await scheduler.ScheduleJob(
            job, [TriggerOf(schedule, time)], ScheduleJobOptions.Replacing, cancellationToken);
    }

    private async Task ArrangeHolidaysAsync(
        IScheduler scheduler, Exchange exchange, CancellationToken cancellationToken)
    {
        var holidays = ExchangeHolidays.Of(exchange, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var known = await scheduler.GetCalendar(exchange.Code, cancellationToken);
        if (!holidays.Equals(known))
        {
            await scheduler.AddCalendar(exchange.Code, holidays, AddCalendarOptions.Replacing, cancellationToken);
        }
    }

    private async Task RemoveOthersAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var wanted = list.All.Select(schedule => schedule.Name).ToHashSet();
        foreach (var name in await store.UnknownTriggersAsync(wanted, cancellationToken))
        {
            await scheduler.DeleteJob(new JobKey(name), cancellationToken);
        }
    }

    /// <summary>A worker that begins looks at once for what was missed while there was none.</summary>
    private Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        var schedule = list.All.Single(one => one.Name == ScheduleList.CatchUp);
        return queue.AddAsync(
            new NewJob(Guid.CreateVersion7(), schedule.Kind, schedule.Payload, null) { Schedule = schedule.Name },
            cancellationToken);
    }

    private static IJobDetail JobOf(Schedule schedule) => JobBuilder.Create<QueueScheduledJob>()
        .WithIdentity(schedule.Name)
        .WithDescription(schedule.Description)
        .UsingJobData(QueueScheduledJob.Kind, schedule.Kind)
        .UsingJobData(QueueScheduledJob.Payload, schedule.Payload)
        .StoreDurably()
        .RequestRecovery()
        .Build();

    public static ITrigger TriggerOf(Schedule schedule, TimeProvider time)
    {
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(schedule.Name)
            .ForJob(new JobKey(schedule.Name))
            .WithCronSchedule(schedule.Cron, cron => cron
                .InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone))
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed));
        return (ScheduleList.ExchangeOf(schedule) is { } exchange ? trigger.WithCalendarName(exchange.Code) : trigger)
            .Build();
    }

    [LoggerMessage(LogLevel.Information, "{Count} schedules are kept")]
    private partial void LogStarted(int count);

    [LoggerMessage(LogLevel.Warning, "The scheduler did not end in time; what it left, the others find.")]
    private partial void LogLeft();

    [LoggerMessage(LogLevel.Warning, "The schedules cannot be kept yet; they are tried again.")]
    private partial void LogRetry(Exception error);
}
