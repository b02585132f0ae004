using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Trading.PricingWorker.Providers.Http;

/// <summary>
/// The one way to a provider: 30 s in all, not counting the wait for its turn; 3 further tries with exponential back-off
/// and jitter, or as the provider's Retry-After says; a circuit breaker of 5 failures and 60 s; its rate limit; 10 s a try.
/// A try is over when its body has been read and understood, so that hanging, endless and senseless bodies count as the
/// failures they are.
/// </summary>
internal sealed class ProviderGate : IDisposable
{
    private readonly HttpProviderOptions _options;
    private readonly ProviderRecord _record;
    private readonly TimeProvider _time;
    private readonly RequestPace _pace;
    private readonly SharedPace? _shared;
    private readonly SemaphoreSlim _room;
    private readonly ResiliencePipeline _tries;
    private readonly ResiliencePipeline _try;
    private readonly ProviderBreaker _breaker;

    public ProviderGate(HttpProviderOptions options, ProviderRecord record, SharedPace? shared, TimeProvider time)
    {
        (_options, _record, _shared, _time) = (options, record, shared, time);
        _pace = new RequestPace(options.RequestsPerSecond, options.Burst, time);
        _room = new SemaphoreSlim(options.AtOnce);
        _breaker = new ProviderBreaker(options.BreakAfter, options.BreakFor, time);
        _tries = Tries();
        _try = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.Timeout).Build();
        record.ObserveBreaker(() => _breaker.State);
    }

    /// <exception cref="ProviderException">It failed, or was not even tried.</exception>
    public async Task<T> RunAsync<T>(
        string operation, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        using var activity = _record.Begin(operation);
        using var left = new AskingTime(_options.TotalTimeout, _time, cancellationToken);
        try
        {
            return await _tries.ExecuteAsync(async token => await TryAsync(attempt, left, token), left.Token);
        }
        catch (OperationCanceledException late) when (left.IsOver && !cancellationToken.IsCancellationRequested)
        {
            throw Told(activity, new ProviderException(
                FailureKind.Transient, "No answer in time, in several tries.", late));
        }
        catch (ProviderException failure)
        {
            throw Told(activity, failure);
        }
    }

    public void Dispose() => _room.Dispose();

    private ResiliencePipeline Tries() => new ResiliencePipelineBuilder { TimeProvider = _time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is ProviderException failure && IsWorthAnotherTry(failure)),
            MaxRetryAttempts = Math.Max(1, _options.Retries),
            BackoffType = DelayBackoffType.Exponential,
            Delay = _options.FirstDelay,
            UseJitter = true,
            DelayGenerator = arguments => ValueTask.FromResult(
                (arguments.Outcome.Exception as ProviderException)?.RetryAfter),
        })
        .Build();

    private bool IsWorthAnotherTry(ProviderException failure) =>
        _options.Retries > 0 && failure is { IsUnasked: false, Kind: FailureKind.Transient or FailureKind.RateLimited }
        && !(failure.RetryAfter >= _options.TotalTimeout);

    private async Task<T> TryAsync<T>(
        Func<CancellationToken, Task<T>> attempt, AskingTime left, CancellationToken cancellationToken)
    {
        ThrowIfLeftAlone();
        left.Pause();
        await _room.WaitAsync(cancellationToken);
        try
        {
            // While it waited, those before it may have failed: then nobody of the queue takes a turn.
            ThrowIfLeftAlone();
            await _pace.WaitAsync(cancellationToken);
            await (_shared?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            left.Resume();
            return await GuardedAsync(attempt, cancellationToken);
        }
        finally
        {
            _room.Release();
        }
    }

    private void ThrowIfLeftAlone()
    {
        if (_pace.Pause is { } pause && pause >= _options.TotalTimeout)
        {
            throw new ProviderException(FailureKind.RateLimited, "It asked to be left alone for a while.")
            {
                IsUnasked = true,
                RetryAfter = pause,
            };
        }

        if (_breaker.State == BreakerState.Open)
        {
            throw Broken(_options.BreakFor);
        }
    }

    private static ProviderException Broken(TimeSpan left) =>
        new(FailureKind.Transient, "It failed too often and is left alone for a while.")
        {
            IsUnasked = true,
            RetryAfter = left,
        };

    private async Task<T> GuardedAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        if (_breaker.Enter(out var pass) is { } left)
        {
            throw Broken(left);
        }

        try
        {
            var answer = await CountedAsync(attempt, cancellationToken);
            _breaker.Succeeded(pass);
            return answer;
        }
        catch (ProviderException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // It answers well enough.
            _breaker.Succeeded(pass);
            throw;
        }
        catch (ProviderException)
        {
            _breaker.Failed(pass);
            throw;
        }
        catch
        {
            _breaker.Left(pass);
            throw;
        }
    }

    private async Task<T> CountedAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        try
        {
            var answer = await _try.ExecuteAsync(async token => await attempt(token), cancellationToken);
            _record.Succeeded(_time.GetElapsedTime(started));
            return answer;
        }
        catch (TimeoutRejectedException late)
        {
            throw Failed(started, new ProviderException(
                FailureKind.Transient, $"No answer within {_options.Timeout.TotalSeconds:0.###} s.", late));
        }
        catch (ProviderException failure)
        {
            if (failure is { Kind: FailureKind.RateLimited, RetryAfter: { } wait })
            {
                _pace.PauseFor(wait);
            }

            throw Failed(started, failure);
        }
    }

    private ProviderException Failed(long started, ProviderException failure)
    {
        _record.Failed(failure, _time.GetElapsedTime(started));
        return failure;
    }

    private static ProviderException Told(System.Diagnostics.Activity? activity, ProviderException failure)
    {
        activity?.SetTag("error.type", failure.Kind.ToString());
        activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, failure.Message);
        return failure;
    }
}
