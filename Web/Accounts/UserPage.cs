using Microsoft.AspNetCore.Components;
using Trading.Contracts;

namespace Trading.Web.Accounts;

/// <summary>A page of whoever is signed in: asks the API on their behalf, and says what did not work.</summary>
public abstract class UserPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private bool _isStale;

    [Inject]
    protected UserApi User { get; set; } = null!;

    protected TradingClient Api => User.Client;

    protected CancellationToken Gone => _gone.Token;

    /// <summary>What did not work; null where all did.</summary>
    protected string? Fault { get; private set; }

    /// <summary>What is wrong with which field of the last request.</summary>
    protected IReadOnlyDictionary<string, string[]> FieldErrors { get; private set; } = new Dictionary<string, string[]>();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract Task LoadAsync();

    protected override Task OnAfterRenderAsync(bool firstRender) =>
        firstRender ? TryAsync(LoadAsync) : Task.CompletedTask;

    protected Task<bool> TryAsync(Func<Task> act) => TryAsync(act, refreshes: false);

    /// <summary>Reads anew what is shown, now and then: what a form was told stays until it is sent again.</summary>
    protected Task<bool> RefreshAsync(Func<Task> read) => TryAsync(read, refreshes: true);

    private async Task<bool> TryAsync(Func<Task> act, bool refreshes)
    {
        try
        {
            await act();
            if (!refreshes || _isStale)
            {
                (Fault, FieldErrors, _isStale) = (null, new Dictionary<string, string[]>(), false);
            }

            return true;
        }
        catch (TradingApiException refused)
        {
            (Fault, FieldErrors, _isStale) = (TextOf(refused), refused.Errors, refreshes);
            return false;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            if (!_gone.IsCancellationRequested)
            {
                StateHasChanged();
            }
        }
    }

    private static string TextOf(TradingApiException refused) => refused switch
    {
        { Code: ErrorCodes.Unauthorized } => "Your session is over; sign in again.",
        { Errors.Count: > 0 } => string.Join(
            " ", refused.Errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}")),
        { Code: ErrorCodes.Internal, TraceId: { } trace } => $"{refused.Detail} The trace_id is {trace}.",
        _ => refused.Detail,
    };

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_gone.IsCancellationRequested)
        {
            _gone.Cancel();
            _gone.Dispose();
        }
    }
}
