using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Radzen;
using Trading.Contracts;
using Trading.Web.Instruments;
using Trading.Web.Live;

namespace Trading.Web.Watchlists;

public sealed partial class WatchlistPage(
    WatchlistStore store, InstrumentDirectory directory, RecentCloses closes, DialogService dialogs, IJSRuntime js)
{
    private List<Watchlist> _lists = [];
    private Watchlist? _list;
    private List<WatchRowState> _rows = [];
    private WatchRowState? _dragged;
    private WatchRowState? _over;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var lists = await store.LoadAsync(cancellationToken);
        if (lists is null)
        {
            lists = [FirstWatchlist.From(await AwaitAnyAsync(directory.AllAsync, cancellationToken))];
        }

        _lists = lists;
        await ShowAsync(lists[0]);
    }

    protected override Task TakeAsync(IReadOnlyList<LiveQuote> quotes)
    {
        foreach (var quote in quotes)
        {
            _rows.Find(row => row.Ticker == quote.Ticker)?.Take(quote);
        }

        return Task.CompletedTask;
    }

    private int Count(int sign) => _rows.Count(row => row.Quote?.Change is { } change && Math.Sign(change) == sign);

    private async Task ShowAsync(Watchlist list)
    {
        _list = list;
        _rows = [.. list.Tickers.Select(RowOf)];
        Feed.Watch(list.Tickers);
        StateHasChanged();
        var bare = _rows.Where(row => row.Instrument is null).ToList();
        await PersistAsync(token => DescribeAsync(bare, token), Gone);
    }

    private WatchRowState RowOf(string ticker) =>
        _rows.Find(row => row.Ticker == ticker) ?? new WatchRowState(ticker);

    private async Task DescribeAsync(IReadOnlyList<WatchRowState> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            row.Instrument = await directory.FindAsync(row.Ticker, cancellationToken);
            row.IsUnknown = row.Instrument is null;
            row.Touch();
        }

        StateHasChanged();
        await Task.WhenAll(rows.Where(row => !row.IsUnknown).Select(row => DrawAsync(row, cancellationToken)));
    }

    private async Task DrawAsync(WatchRowState row, CancellationToken cancellationToken)
    {
        try
        {
            row.Closes = await closes.OfAsync(row.Instrument!, cancellationToken);
            row.Touch();
        }
        catch (TradingApiException)
        {
            // A row without its sparkline is better than no row.
        }
    }

    private async Task AddAsync(InstrumentResponse instrument)
    {
        if (_list!.Add(instrument.Ticker))
        {
            await SaveAsync();
        }
    }

    private async Task RemoveAsync(string ticker)
    {
        _list!.Tickers.Remove(ticker);
        await SaveAsync();
    }

    private async Task PressAsync(WatchRowState row, KeyboardEventArgs press)
    {
        var place = _rows.IndexOf(row);
        switch (press)
        {
            case { AltKey: true, Key: "ArrowUp" }:
                await MoveAsync(row, place - 1);
                break;
            case { AltKey: true, Key: "ArrowDown" }:
                await MoveAsync(row, place + 1);
                break;
            case { Key: "Delete" }:
                await RemoveAsync(row.Ticker);
                break;
            default:
                break;
        }
    }

    private async Task DropAsync(WatchRowState target)
    {
        if (_dragged is { } dragged && dragged != target)
        {
            await MoveAsync(dragged, _rows.IndexOf(target));
        }

        EndDrag();
    }

    private void EndDrag() => (_dragged, _over) = (null, null);

    private async Task MoveAsync(WatchRowState row, int to)
    {
        _list!.Move(row.Ticker, to);
        await SaveAsync();
        await js.InvokeVoidAsync("trading.focusRow", row.Ticker);
    }

    private async Task CreateAsync()
    {
        var list = new Watchlist { Name = $"List {_lists.Count + 1}" };
        _lists.Add(list);
        _list = list;
        await SaveAsync();
    }

    private async Task RenameAsync()
    {
        var parameters = new Dictionary<string, object?> { [nameof(RenameList.Name)] = _list!.Name };
        if (await dialogs.OpenAsync<RenameList>("Rename the list", parameters) is string { Length: > 0 } name)
        {
            _list.Name = name;
            await SaveAsync();
        }
    }

    private async Task DeleteAsync()
    {
        var options = new ConfirmOptions { OkButtonText = "Delete", CancelButtonText = "Keep" };
        var question = $"The list \"{_list!.Name}\" and its order are removed from this browser.";
        if (await dialogs.Confirm(question, "Delete the list", options) == true)
        {
            _lists.Remove(_list);
            _list = _lists[0];
            await SaveAsync();
        }
    }

    private async Task SaveAsync()
    {
        await store.SaveAsync(_lists, Gone);
        await ShowAsync(_list!);
    }
}
