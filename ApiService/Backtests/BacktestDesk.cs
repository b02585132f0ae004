using System.Diagnostics;
using Microsoft.Extensions.Options;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Domain.Strategies;

namespace Trading.ApiService.Backtests;

/// <summary>Takes backtests in: runs small ones at once, queues long ones, refuses what is too large.</summary>
internal sealed class BacktestDesk(
    BacktestReading reading,
    BacktestRunner runner,
    BacktestStore store,
    StartLimits limits,
    AuditTrail audit,
    BacktestMetrics metrics,
    IOptions<BacktestOptions> options,
    TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _inline = new(options.Value.InlineAtATime);

    public async Task<IResult> StartAsync(
        HttpContext context, BacktestRequest request, CancellationToken cancellationToken)
    {
        var user = context.User.RequiredUserId();
        var (problem, spec, strategy) = await reading.ReadAsync(
            user, request, options.Value.MaxInstruments, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var work = BacktestWork.Of(spec!);
        if (work.Refuse(options.Value) is { } refusal)
        {
            return refusal;
        }

        var backtest = new NewBacktest(
            Guid.CreateVersion7(), user, request.Name, spec!, (int)work.Trials, work.Bars);
        return await SpendAsync(
            context, () => BeginAsync(context, backtest, strategy!, work.Work, cancellationToken), cancellationToken);
    }

    public void Dispose() => _inline.Dispose();

    private async Task<IResult> SpendAsync(
        HttpContext context, Func<Task<IResult>> begin, CancellationToken cancellationToken)
    {
        if (await limits.TrySpendAsync(context, LimitPolicies.Backtests, cancellationToken) is not { } spent)
        {
            return RateLimits.RefusalOf(context);
        }

        var started = false;
        try
        {
            var answer = await begin();
            started = answer is not ApiProblem;
            return answer;
        }
        finally
        {
            // Who breaks off what was being computed has had it computed.
            await spent.EndAsync(started || cancellationToken.IsCancellationRequested);
        }
    }

    private async Task<IResult> BeginAsync(
        HttpContext context,
        NewBacktest backtest,
        ITradingStrategy strategy,
        double work,
        CancellationToken cancellationToken)
    {
        // Where as many run here as may, the worker does it: quotes must not wait for backtests.
        var answer = work <= options.Value.InlineWork && await _inline.WaitAsync(0, cancellationToken)
            ? await RunAsync(backtest, strategy, cancellationToken)
            : await QueueAsync(context, backtest, cancellationToken);
        if (answer is not ApiProblem)
        {
            audit.Record(context, new AuditEvent(
                AuditActions.BacktestStart, AuditOutcome.Success, Subject: backtest.Id.ToString()));
        }

        return answer;
    }

    private async Task<IResult> RunAsync(
        NewBacktest backtest, ITradingStrategy strategy, CancellationToken cancellationToken)
    {
        StoredResult result;
        try
        {
            // Its own thread: what computes must not hold those that answer.
            result = await Task.Run(
                () => runner.RunAsync(backtest.Spec, strategy, options.Value.MaxBars, null, cancellationToken),
                cancellationToken);
        }
        catch (BacktestRefusedException refused)
        {
            return new ApiProblem(StatusCodes.Status422UnprocessableEntity, ErrorCodes.NoBars, refused.Message);
        }
        catch (ArgumentException refused)
        {
            // What only the bars can tell: too few days to walk, or a strategy that allows none of these arguments.
            return new ApiProblem(
                StatusCodes.Status422UnprocessableEntity, ErrorCodes.InvalidParameter, refused.Message);
        }
        finally
        {
            _inline.Release();
        }

        await store.AddAsync(backtest, result, cancellationToken);
        metrics.Ran(result.Figures, backtest.Trials);
        var rows = await store.FindAsync(backtest.UserId, [backtest.Id], cancellationToken);
        return BacktestBody.Of(
            rows[0], Now, result.Result, StatusCodes.Status201Created, PathOf(backtest.Id));
    }

    private async Task<IResult> QueueAsync(
        HttpContext context, NewBacktest backtest, CancellationToken cancellationToken)
    {
        var most = BacktestOptions.MostQueued(context.User.Tier());
        if (!await store.TryQueueAsync(backtest, most, Activity.Current?.Id, cancellationToken))
        {
            return new ApiProblem(
                StatusCodes.Status409Conflict,
                ErrorCodes.TooMany,
                $"{most} of your backtests wait or run, which is as many as your tier may have; cancel one, or wait.");
        }

        var rows = await store.FindAsync(backtest.UserId, [backtest.Id], cancellationToken);
        return BacktestBody.Of(
            rows[0], Now, null, StatusCodes.Status202Accepted, PathOf(backtest.Id));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static string PathOf(Guid id) => $"/api/{ApiVersions.Current}/backtests/{id}";
}
