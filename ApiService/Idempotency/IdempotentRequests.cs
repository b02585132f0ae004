using Microsoft.AspNetCore.Http.Features;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Idempotency;

namespace Trading.ApiService.Idempotency;

/// <summary>
/// Does once what is sent several times with one <c>Idempotency-Key</c>, at the same time or later, to this replica or
/// another: the others get the first one's answer. What ended in a failure of the server, or was refused by a limit,
/// may be tried again.
/// </summary>
internal sealed partial class IdempotentRequests(
    IdempotencyStore store, TimeProvider time, ILogger<IdempotentRequests> logger)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _storing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(320);

    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (RequestKey.Of(context) is not { } key)
        {
            await ApiProblem.BadRequest(ErrorCodes.InvalidParameter, RequestKey.Rule).ExecuteAsync(context);
            return;
        }

        var request = key.HashOf(await ReadBodyAsync(context));
        var (owner, startedAt, pause) = (Guid.CreateVersion7(), time.GetTimestamp(), _firstPause);
        while (!await store.TryClaimAsync(key.Name, request, owner, context.RequestAborted))
        {
            if (await AnswerOfOtherAsync(context, key, request))
            {
                return;
            }

            if (time.GetElapsedTime(startedAt) > _patience)
            {
                await RefuseToWait(context);
                return;
            }

            await Task.Delay(pause, time, context.RequestAborted);
            pause = pause < _longestPause ? pause * 2 : _longestPause;
        }

        await DoAsync(context, next, key, owner);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        context.Request.Body.Position = 0;
        return body.ToArray();
    }

    private static Task RefuseToWait(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return new ApiProblem(
            StatusCodes.Status409Conflict,
            ErrorCodes.IdempotencyInProgress,
            "A request with this Idempotency-Key still runs; send it again later to get its answer.")
            .ExecuteAsync(context);
    }

    /// <summary>Answers as another request with the key was, or refuses; false while that one runs.</summary>
    private async Task<bool> AnswerOfOtherAsync(HttpContext context, RequestKey key, byte[] request)
    {
        if (await store.FindAsync(key.Name, context.RequestAborted) is not var (first, answer))
        {
            return false;
        }

        if (!first.AsSpan().SequenceEqual(request))
        {
            await new ApiProblem(
                StatusCodes.Status422UnprocessableEntity,
                ErrorCodes.IdempotencyKeyReused,
                "The Idempotency-Key was sent with another body; make a new key for each act.").ExecuteAsync(context);
            return true;
        }

        if (answer is null)
        {
            return false;
        }

        await KeptAnswer.Read(key.Decrypt(answer)).SendAsync(context);
        return true;
    }

    private async Task DoAsync(HttpContext context, RequestDelegate next, RequestKey key, Guid owner)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var written = new MemoryStream();
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync(key, owner, done.Token);
        context.Response.Body = written;
        var finished = false;
        try
        {
            await next(context);
            finished = context.Response.StatusCode
                is < StatusCodes.Status500InternalServerError and not StatusCodes.Status429TooManyRequests;
        }
        finally
        {
            context.Features.Set(body);
            await done.CancelAsync();
            await renewing;
            await KeepAsync(key, owner, finished ? KeptAnswer.Of(context.Response, written.ToArray()) : null);
        }

        written.Position = 0;
        await written.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Not given up when the client goes: what was done has to be known when it asks again.</summary>
    private async Task KeepAsync(RequestKey key, Guid owner, KeptAnswer? answer)
    {
        using var deadline = new CancellationTokenSource(_storing, time);
        await (answer is null
            ? store.ReleaseAsync(key.Name, owner, deadline.Token)
            : store.CompleteAsync(key.Name, owner, key.Encrypt(answer.ToBytes()), deadline.Token));
    }

    private async Task RenewAsync(RequestKey key, Guid owner, CancellationToken done)
    {
        using var timer = new PeriodicTimer(IdempotencyStore.Lock / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                await store.RenewAsync(key.Name, owner, done);
            }
        }
        catch (OperationCanceledException)
        {
            // Done.
        }
        catch (Exception error)
        {
            LogNotRenewed(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A key of a request that runs was not renewed: {Reason}")]
    private partial void LogNotRenewed(string reason);
}
