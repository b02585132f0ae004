using Microsoft.Extensions.Options;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Experiments;
using Trading.Domain.Market;

namespace Trading.ApiService.Experiments;

/// <summary>Takes experiments in: refuses what is too large or has no bars, and begins the others.</summary>
internal sealed class ExperimentDesk(
    ExperimentReading reading,
    ExperimentRunner runner,
    ExperimentStore store,
    AuditTrail audit,
    IOptions<ExperimentOptions> options,
    TimeProvider time)
{
    public async Task<IResult> StartAsync(
        HttpContext context, ExperimentRequest request, CancellationToken cancellationToken)
    {
        var user = context.User.RequiredUserId();
        // The database keeps microseconds.
        var now = time.GetUtcNow().UtcDateTime;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var (problem, read) = await reading.ReadAsync(user, request, now, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        if (Refuse(read!.Spec) is { } tooLarge)
        {
            return tooLarge;
        }

        var spec = await WarmUpAsync(read, now, cancellationToken);
        var missing = await runner.MissingAsync(spec, now, cancellationToken);
        if (missing.Count > 0)
        {
            return new ApiProblem(
                StatusCodes.Status422UnprocessableEntity,
                ErrorCodes.NoBars,
                $"There are no {spec.Interval} bars to begin with of {string.Join(", ", missing)}; /api/v1/bars shows what there is.",
                missing);
        }

        return await AddAsync(
            context, new(Guid.CreateVersion7(), user, request.Name, spec, now), cancellationToken);
    }

    private async Task<ExperimentSpec> WarmUpAsync(
        ReadExperiment read, DateTime now, CancellationToken cancellationToken)
    {
        var spec = read.Spec;
        var interval = BarInterval.TryParse(spec.Interval, out var known) ? known : BarInterval.OneDay;
        var from = await runner.WarmFromAsync(
            [.. spec.Instruments.Select(instrument => instrument.Id)],
            interval,
            read.Arms.Select(each => (each.Strategy, each.Arm)),
            now,
            cancellationToken);
        return spec with { WarmFrom = from };
    }

    private async Task<IResult> AddAsync(
        HttpContext context, NewExperiment experiment, CancellationToken cancellationToken)
    {
        var most = ExperimentOptions.MostRunning(context.User.Tier());
        if (!await store.TryAddAsync(experiment, most, options.Value.MaxKept, cancellationToken))
        {
            return new ApiProblem(
                StatusCodes.Status409Conflict,
                ErrorCodes.TooMany,
                $"{most} of your experiments may run, and {options.Value.MaxKept} may be kept: stop or delete one.");
        }

        audit.Record(context, new AuditEvent(
            AuditActions.ExperimentStart, AuditOutcome.Success, Subject: experiment.Id.ToString()));
        var row = await store.FindAsync(experiment.UserId, experiment.Id, cancellationToken);
        return row is null
            ? ExperimentsApi.Unknown
            : TypedResults.Created(
                $"/api/{ApiVersions.Current}/experiments/{experiment.Id}", ExperimentBody.Describe(row));
    }

    private ApiProblem? Refuse(ExperimentSpec spec)
    {
        var work = (long)spec.Horizon * spec.Instruments.Count * spec.Arms.Count;
        return work <= options.Value.MaxWork
            ? null
            : new ApiProblem(
                StatusCodes.Status422UnprocessableEntity,
                ErrorCodes.TooLarge,
                $"{work} bars of all arms and instruments, at most {options.Value.MaxWork} are computed: take a shorter "
                + "horizon, fewer instruments or fewer arms.");
    }
}
