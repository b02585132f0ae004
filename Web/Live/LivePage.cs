using Microsoft.AspNetCore.Components;
using Trading.Contracts;

namespace Trading.Web.Live;

/// <summary>
/// A page that loads, keeps trying while the API is away, and then takes live prices four times a second.
/// </summary>
public abstract class LivePage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _gone = new();
    private Task _running = Task.CompletedTask;
    private QuoteFeed? _feed;
    private string? _trouble;

    [Inject]
    protected LiveQuotes Quotes { get; set; } = null!;

    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    /// <summary>True while there is nothing in the database yet.</summary>
    protected bool IsWaitingForData { get; private set; }

    protected CancellationToken Gone => _gone.Token;

    protected QuoteFeed Feed => _feed ??= Quotes.Open();

    /// <summary>Why the page cannot show its data now; null where it can. Trying goes on.</summary>
    protected string? Trouble => _trouble ?? (IsCutOff ? "Live prices are interrupted." : null);

    /// <summary>True while no price can arrive.</summary>
    protected bool IsCutOff => Quotes.State is QuoteStreamState.Reconnecting;

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes the changed quotes, at most four times a second; at least once a second, if empty, so that ages move on.
    /// </summary>
    protected virtual Task TakeAsync(IReadOnlyList<LiveQuote> quotes) => Task.CompletedTask;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _running = InvokeAsync(RunAsync);
        }
    }

    /// <summary>
    /// Runs a request until it succeeds. What the user can mend (an unknown ticker) is thrown, not retried.
    /// </summary>
    protected async Task PersistAsync(Func<CancellationToken, Task> request, CancellationToken cancellationToken)
    {
        for (var wait = TimeSpan.FromSeconds(1); ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await request(cancellationToken);
                _trouble = null;
                return;
            }
            catch (TradingApiException exception) when (IsPassing(exception))
            {
                _trouble = exception.Detail;
                StateHasChanged();
                await Task.Delay(exception.RetryAfter ?? wait, Time, cancellationToken);
            }
        }
    }

    /// <summary>Reads until there is something: a fresh install has nothing until its market is generated.</summary>
    protected async Task<IReadOnlyList<T>> AwaitAnyAsync<T>(
        Func<CancellationToken, Task<IReadOnlyList<T>>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<T> found = [];
            await PersistAsync(async token => found = await read(token), cancellationToken);
            if (found.Count > 0)
            {
                IsWaitingForData = false;
                return found;
            }

            IsWaitingForData = true;
            StateHasChanged();
            await Task.Delay(TimeSpan.FromSeconds(2), Time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsyncCore();
        _feed?.Dispose();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual ValueTask DisposeAsyncCore() => ValueTask.CompletedTask;

    private static bool IsPassing(TradingApiException exception) =>
        exception.Code is ErrorCodes.Unavailable or ErrorCodes.RateLimited or ErrorCodes.Internal;

    private async Task RunAsync()
    {
        try
        {
            await LoadAsync(Gone);
            StateHasChanged();
            using var timer = new PeriodicTimer(Beat, Time);
            for (var beat = 1; await timer.WaitForNextTickAsync(Gone); beat++)
            {
                var changed = Feed.Drain();
                if (changed.Count > 0 || beat % 4 == 0)
                {
                    await TakeAsync(changed);
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Microsoft.JSInterop.JSDisconnectedException)
        {
            // The browser is gone; the circuit follows.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
