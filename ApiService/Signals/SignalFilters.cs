using System.Globalization;
using Trading.ApiService.Bars;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Data.Signals;
using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.ApiService.Signals;

/// <summary>Reads the filters of a list, and keeps every problem.</summary>
internal sealed class SignalFilters
{
    private static readonly PageLimit _limit = new(Default: 100, Max: 1000);

    private readonly QueryProblems _problems = new();

    public ApiProblem? Problem => _problems.Problem;

    /// <summary>Checks what a client asked for; the query asks for one signal more than the page holds.</summary>
    public static async Task<(SignalQuery? Query, ApiProblem? Problem)> ReadAsync(
        SignalParameters asked, InstrumentDirectory directory, CancellationToken cancellationToken)
    {
        var read = new SignalFilters();
        var instrument = await read.InstrumentAsync(asked.Ticker, directory, cancellationToken);
        var query = new SignalQuery(
            instrument,
            read.Interval(asked.Interval),
            read.Code<SignalDirection>("direction", asked.Direction, value => value.Code()),
            read.Code<SignalState>("state", asked.State, value => value.Code()),
            read.Code<MarketRegime>("regime", asked.Regime, value => value.Code()),
            read.Share(asked.MinConfidence),
            read.Time("from", asked.From),
            read.Time("to", asked.To),
            read.Place(ListOf(asked), asked.Cursor),
            read.Limit(asked.Limit) + 1);
        read.CheckOrder(query.From, query.To);
        return (query, read.Problem);
    }

    /// <summary>The same of anomalies.</summary>
    public static async Task<(AnomalyQuery? Query, ApiProblem? Problem)> ReadAsync(
        AnomalyParameters asked, InstrumentDirectory directory, CancellationToken cancellationToken)
    {
        var read = new SignalFilters();
        var instrument = await read.InstrumentAsync(asked.Ticker, directory, cancellationToken);
        var query = new AnomalyQuery(
            instrument,
            read.Interval(asked.Interval),
            read.Code<AnomalyKind>("kind", asked.Kind, value => value.Code()),
            read.Time("from", asked.From),
            read.Time("to", asked.To),
            read.Place(ListOf(asked), asked.Cursor),
            read.Limit(asked.Limit) + 1);
        read.CheckOrder(query.From, query.To);
        return (query, read.Problem);
    }

    public static string CursorAfter(SignalParameters asked, DateTime time, Guid id) =>
        Cursor.After(ListOf(asked), KeyOf(time, id));

    public static string CursorAfter(AnomalyParameters asked, DateTime time, Guid id) =>
        Cursor.After(ListOf(asked), KeyOf(time, id));

    /// <summary>The interval of a code, or a problem.</summary>
    public string? Interval(string? code)
    {
        if (code is not null && !BarInterval.TryParse(code, out _))
        {
            _problems.Add("interval", ApiProblem.UnknownInterval());
        }

        return code;
    }

    private static string KeyOf(DateTime time, Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Ticks}:{id}");

    private static string ListOf(SignalParameters asked) =>
        $"signals|{asked.Ticker}|{asked.Interval}|{asked.Direction}|{asked.State}|{asked.Regime}|{asked.MinConfidence}|"
        + $"{asked.From}|{asked.To}";

    private static string ListOf(AnomalyParameters asked) =>
        $"anomalies|{asked.Ticker}|{asked.Interval}|{asked.Kind}|{asked.From}|{asked.To}";

    private async Task<int?> InstrumentAsync(
        string? ticker, InstrumentDirectory directory, CancellationToken cancellationToken)
    {
        if (ticker is null)
        {
            return null;
        }

        if (!TickerText.TryRead(ticker, out var known))
        {
            _problems.Add("ticker", ApiProblem.InvalidTicker());
            return null;
        }

        var instrument = await directory.FindAsync(known, cancellationToken);
        _problems.Add("ticker", instrument is null ? ApiProblem.UnknownTicker(known) : null);
        return instrument?.Id;
    }

    private T? Code<T>(string name, string? code, Func<T, string> nameOf)
        where T : struct, Enum
    {
        var value = SignalCodes.Find(code, nameOf);
        if (code is not null && value is null)
        {
            _problems.Add(name, ApiProblem.BadRequest(
                ErrorCodes.InvalidParameter,
                $"{name} is one of {string.Join(", ", Enum.GetValues<T>().Select(nameOf))}."));
        }

        return value;
    }

    private double? Share(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            || !(share <= 1))
        {
            _problems.Add("min_confidence", ApiProblem.BadRequest(
                ErrorCodes.InvalidParameter, "min_confidence is a number from 0 to 1."));
        }

        return share;
    }

    private DateTime? Time(string name, string? text)
    {
        _problems.Add(name, BarTime.Read(name, text, out var time));
        return time?.Moment;
    }

    private int Limit(string? text)
    {
        _problems.Add("limit", _limit.Read(text, out var limit));
        return limit;
    }

    private ListPlace? Place(string list, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        if (Cursor.TryRead(list, cursor, out var text)
            && text.Split(':') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && time <= DateTime.MaxValue.Ticks
            && Guid.TryParse(id, CultureInfo.InvariantCulture, out var key))
        {
            return new ListPlace(new DateTime(time, DateTimeKind.Utc), key);
        }

        _problems.Add("cursor", ApiProblem.InvalidCursor());
        return null;
    }

    private void CheckOrder(DateTime? from, DateTime? to) =>
        _problems.Add("from", from > to ? ApiProblem.SwappedRange() : null);
}
