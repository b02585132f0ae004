using Microsoft.AspNetCore.Components;
using Trading.Contracts;
using Trading.Web.Charts;
using Trading.Web.Live;
using Trading.Web.Settings;

namespace Trading.Web.Instruments;

public sealed partial class InstrumentView(TradingClient client, Preferences preferences, NavigationManager navigation)
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(60);

    private static readonly (string, string)[] Intervals =
        [.. ChartInterval.All.Select(interval => (interval.Code, interval.Code))];

    private static readonly (string, string)[] Ranges =
        [("1M", "1M"), ("3M", "3M"), ("6M", "6M"), ("1Y", "1Y"), ("5Y", "5Y"), ("Max", "Max")];

    private InstrumentResponse? _instrument;
    private BarHistory? _history;
    private CandleSeries? _series;
    private YearStatistics? _year;
    private CandleChart? _chart;
    private LiveQuote? _quote;
    private ChartInterval _interval = ChartInterval.OneDay;
    private string _range = "6M";
    private string _flash = "";
    private bool _unknown;
    private bool _wasCutOff;
    private bool _busy;

    [Parameter, EditorRequired]
    public string Ticker { get; set; } = "";

    [Parameter]
    public string? Interval { get; set; }

    private bool IsStale => _quote is { } quote && (IsCutOff || quote.Stale || Now - quote.Time > StaleAfter);

    private string Age => _quote is { } quote ? $"{Show.Age(Now - quote.Time)}{(IsStale ? " old" : "")}{(quote.Stale ? ", the source is late" : "")}" : "";

    private string Where => string.Join(
        " · ",
        new[] { _instrument?.Exchange, _instrument?.Sector, _instrument?.Country }
            .Where(part => part is { Length: > 0 } and not "ZZ"));

    private string Zone => preferences.ZoneFor(ExchangeZone.IdOf(_instrument?.Exchange ?? ""));

    private string ZoneNote => _interval.IsDaily ? "Dates are the exchange's sessions" : $"Times: {Zone}";

    private int Visible => !_interval.IsDaily ? 120 : _range switch
    {
        "1M" => 22,
        "3M" => 63,
        "6M" => 126,
        "1Y" => 252,
        "5Y" => 1260,
        _ => 0,
    };

    protected override void OnInitialized()
    {
        _interval = ChartInterval.Parse(Interval);
        preferences.Changed += Redraw;
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PersistAsync(
                async token => _instrument = await client.GetInstrumentAsync(Ticker, token), cancellationToken);
        }
        catch (TradingApiException exception)
            when (exception.Code is ErrorCodes.UnknownTicker or ErrorCodes.InvalidTicker or ErrorCodes.NotFound)
        {
            _unknown = true;
            return;
        }

        _history = new BarHistory(client, _instrument!, Time);
        Feed.Watch([_instrument!.Ticker]);
        StateHasChanged();
        await PersistAsync(ShowSeriesAsync, cancellationToken);
        if (!_interval.IsDaily)
        {
            await PersistAsync(DescribeYearAsync, cancellationToken);
        }
    }

    protected override async Task TakeAsync(IReadOnlyList<LiveQuote> quotes)
    {
        if (quotes.Count > 0)
        {
            await MoveAsync(quotes[^1]);
        }

        if (_wasCutOff && !IsCutOff && _series is not null)
        {
            await PersistAsync(CatchUpAsync, Gone);
        }

        _wasCutOff = IsCutOff;
    }

    protected override ValueTask DisposeAsyncCore()
    {
        preferences.Changed -= Redraw;
        return base.DisposeAsyncCore();
    }

    private async Task MoveAsync(LiveQuote quote)
    {
        var moved = _quote is null ? 0 : quote.Price.CompareTo(_quote.Price);
        if (moved != 0)
        {
            _flash = $"{(moved > 0 ? "tick-up" : "tick-down")}-{quote.Seq % 2}";
        }

        _quote = quote;
        if (_series?.Apply(quote) is { } candle && _chart is not null)
        {
            await _chart.UpdateAsync(candle);
        }
    }

    private async Task ShowSeriesAsync(CancellationToken cancellationToken)
    {
        var series = await _history!.LatestAsync(_interval, cancellationToken);
        if (series.Interval != _interval)
        {
            return;
        }

        _series = series;
        if (_interval.IsDaily)
        {
            _year = YearStatistics.Of(series.Candles);
        }

        await RedrawAsync(Visible);
    }

    private async Task DescribeYearAsync(CancellationToken cancellationToken)
    {
        var daily = await _history!.LatestAsync(ChartInterval.OneDay, cancellationToken);
        _year = YearStatistics.Of(daily.Candles);
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await _history!.RefreshAsync(_series!, cancellationToken);
        await RedrawAsync(visible: null);
    }

    private async Task RedrawAsync(int? visible)
    {
        if (_quote is not null)
        {
            _series!.Apply(_quote);
        }

        await _chart!.ShowAsync(_series!, Zone, visible);
        StateHasChanged();
    }

    private void Redraw(object? sender, EventArgs none) =>
        _ = InvokeAsync(() => _series is null ? Task.CompletedTask : RedrawAsync(visible: null));

    private async Task ChooseIntervalAsync(string code)
    {
        _interval = ChartInterval.Parse(code);
        _series = null;
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameter("interval", _interval.IsDaily ? null : code), replace: true);
        await PersistAsync(ShowSeriesAsync, Gone);
    }

    private async Task ChooseRangeAsync(string range)
    {
        _range = range;
        if (_series is null)
        {
            return;
        }

        if (Visible == 0 || Visible > _series.Candles.Count)
        {
            await ReadOlderAsync(everything: true);
        }

        await _chart!.SetVisibleAsync(Visible);
    }

    private Task LoadOlderAsync() => InvokeAsync(() => ReadOlderAsync(everything: false));

    private async Task ReadOlderAsync(bool everything)
    {
        if (_busy || _series is not { } series || !_history!.HasOlder(_interval))
        {
            return;
        }

        _busy = true;
        try
        {
            IReadOnlyList<Candle> older = [];
            await PersistAsync(async token => older = await _history.OlderAsync(series, everything, token), Gone);
            if (older.Count > 0 && series == _series)
            {
                await _chart!.PrependAsync(older);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
