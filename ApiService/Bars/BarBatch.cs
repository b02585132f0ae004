using System.Globalization;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.ApiService.Bars;

/// <summary>
/// One page of the bars of several instruments, taken one after the other until it is full: however many are asked for,
/// no more is read than the page holds.
/// </summary>
internal sealed class BarBatch
{
    private readonly IReadOnlyList<Instrument> _instruments;
    private readonly BarRequest[] _requests;
    private readonly string _list;
    private readonly int _start;
    private readonly List<StoredBar> _bars = [];
    private readonly Dictionary<string, IReadOnlyList<BarResponse>> _answer = [];
    private string? _next;

    private BarBatch(IReadOnlyList<Instrument> instruments, BarRequest[] requests, string list, int start)
    {
        (_instruments, _requests, _list, _start) = (instruments, requests, list, start);
    }

    public int Limit => _requests[0].Limit;

    /// <summary>The latest end of all; null where there is none.</summary>
    public DateTime? To => _requests.Max(request => request.To ?? DateTime.MaxValue);

    /// <summary>What the page was made of.</summary>
    public IReadOnlyList<StoredBar> Bars => _bars;

    /// <summary>Reads tickers parted by commas, each once.</summary>
    public static ApiProblem? ReadTickers(string? text, out IReadOnlyList<string> tickers)
    {
        var read = new List<string>();
        tickers = read;
        foreach (var part in (text ?? string.Empty).Split(','))
        {
            if (!TickerText.TryRead(part, out var ticker))
            {
                return ApiProblem.InvalidTicker();
            }

            if (!read.Contains(ticker))
            {
                read.Add(ticker);
            }

            if (read.Count > TradingClient.MaxBarTickers)
            {
                return ApiProblem.TooManyTickers(TradingClient.MaxBarTickers);
            }
        }

        return null;
    }

    /// <summary>Checks what a client asked for.</summary>
    /// <returns>The problem; null where there is none.</returns>
    public static ApiProblem? Read(BarParameters asked, IReadOnlyList<Instrument> instruments, out BarBatch batch)
    {
        batch = null!;
        var requests = new BarRequest[instruments.Count];
        for (var place = 0; place < requests.Length; place++)
        {
            if (BarRequest.Read(asked with { Cursor = null }, instruments[place], out requests[place]) is { } problem)
            {
                return problem;
            }
        }

        var list = string.Join('|', requests.Select(request => request.List));
        var start = 0;
        if (asked.Cursor is not null && !TryReadCursor(list, asked.Cursor, requests, out start))
        {
            return ApiProblem.InvalidCursor();
        }

        batch = new BarBatch(instruments, requests, list, start);
        return null;
    }

    public async Task FillAsync(AdjustedBars store, CancellationToken cancellationToken)
    {
        for (var place = _start; place < _requests.Length && _next is null; place++)
        {
            var request = _requests[place];
            var room = Limit - _bars.Count;
            var bars = await store.ReadAsync(
                _instruments[place], request with { Limit = room + 1 }, cancellationToken);
            if (room == 0)
            {
                // Only whether there is one more was asked.
                _next = bars.Count == 0 ? null : CursorAt(place, request.After);
                continue;
            }

            Add(place, [.. bars.Take(room)]);
            _next = bars.Count > room ? CursorAt(place, bars[room - 1].Bar.Time) : null;
        }
    }

    public BarBatchResponse Answer() => new(_answer, _next);

    private void Add(int place, StoredBar[] bars)
    {
        _bars.AddRange(bars);
        _answer[_instruments[place].Ticker] = [.. bars.Select(BarsApi.Describe)];
    }

    private string CursorAt(int place, DateTime? after) => Cursor.After(
        _list, string.Create(CultureInfo.InvariantCulture, $"{place}|{after?.Ticks}"));

    private static bool TryReadCursor(string list, string cursor, BarRequest[] requests, out int start)
    {
        start = 0;
        if (!Cursor.TryRead(list, cursor, out var text)
            || text.Split('|') is not [var place, var after]
            || !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out start)
            || start >= requests.Length)
        {
            return false;
        }

        if (after.Length == 0)
        {
            return true;
        }

        if (!long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        requests[start] = requests[start] with { After = new DateTime(ticks, DateTimeKind.Utc) };
        return true;
    }
}
