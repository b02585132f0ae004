using Microsoft.AspNetCore.Components;
using Trading.Contracts;

namespace Trading.Web.Accounts;

/// <summary>A page of whoever is signed in: asks the API on their behalf, and says what did not work.</summary>
public abstract class UserPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    [Inject]
    protected UserApi User { get; set; } = null!;

    protected TradingClient Api => User.Client;

    protected CancellationToken Gone => _gone.Token;

    /// <summary>What did not work; null where all did.</summary>
    protected string? Fault { get; private set; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract Task LoadAsync();

    protected override Task OnAfterRenderAsync(bool firstRender) =>
        firstRender ? TryAsync(LoadAsync) : Task.CompletedTask;

    protected async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            Fault = null;
            return true;
        }
        catch (TradingApiException refused)
        {
            Fault = refused.Code == ErrorCodes.Unauthorized ? "Your session is over; sign in again." : refused.Detail;
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

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_gone.IsCancellationRequested)
        {
            _gone.Cancel();
            _gone.Dispose();
        }
    }
}
