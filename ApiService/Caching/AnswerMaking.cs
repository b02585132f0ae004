using Microsoft.AspNetCore.Http.Features;
using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Caching;

/// <summary>
/// Runs an endpoint with its answer kept back: on behalf of all who wait for it, so that it does not stop when the one
/// whose request it runs in goes away. The request is lent to one side at a time: to the endpoint from its start to its
/// end, which the request waits for; and to nobody any more once the request has ended.
/// </summary>
internal sealed class AnswerMaking(HttpContext context, RequestDelegate next)
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int Gone = 2;

    private TaskCompletionSource? _ended;
    private int _state;
    private byte[] _written = [];

    public bool HasRun => Volatile.Read(ref _state) == Running;

    /// <exception cref="ReaderGoneException">The request has ended, before the endpoint was asked.</exception>
    public async Task<CachedAnswer?> RunAsync(CancellationToken abandoned)
    {
        var ended = _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _state, Running, Idle) != Idle)
        {
            throw new ReaderGoneException();
        }

        try
        {
            return await MakeAsync(abandoned);
        }
        finally
        {
            ended.SetResult();
        }
    }

    /// <summary>Waits for the endpoint where it runs. Where it does not, it cannot from here on.</summary>
    public Task EndAsync() =>
        Interlocked.CompareExchange(ref _state, Gone, Idle) == Running ? _ended!.Task : Task.CompletedTask;

    /// <summary>Sends what is not to be kept, as the endpoint made it.</summary>
    public async Task SendAsync() => await context.Response.Body.WriteAsync(_written, context.RequestAborted);

    private async Task<CachedAnswer?> MakeAsync(CancellationToken abandoned)
    {
        var (request, response) = (context.Request, context.Response);
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var aborted = context.RequestAborted;
        // The whole answer is needed, also where this client has it already.
        var known = request.Headers.IfNoneMatch;
        request.Headers.Remove("If-None-Match");
        using var written = new PooledBytes();
        await using var target = new WrittenBody(written);
        response.Body = target;
        context.RequestAborted = abandoned;
        try
        {
            await next(context);
            await response.BodyWriter.FlushAsync(abandoned);
        }
        finally
        {
            context.Features.Set(body);
            context.RequestAborted = aborted;
            request.Headers.IfNoneMatch = known;
        }

        _written = written.Written.ToArray();
        return MayBeKept(response)
            ? new CachedAnswer(response.ContentType, response.Headers.ETag, response.Headers.CacheControl, _written)
            : null;
    }

    // What depends on more than the key says, or was not meant to be kept, is not.
    private static bool MayBeKept(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status200OK
        && response.Headers.SetCookie.Count == 0
        && response.Headers.Vary.Count == 0
        && response.Headers.ContentEncoding.Count == 0
        && response.Headers.ContentDisposition.Count == 0
        && !response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase);
}
