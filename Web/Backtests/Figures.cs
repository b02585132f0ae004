using System.Globalization;
using System.Text.Json;
using Trading.Contracts;
using Trading.Web.Settings;

namespace Trading.Web.Backtests;

/// <summary>Figures of backtests as people read them.</summary>
internal static class Figures
{
    // What may be a gain or a loss has a sign; a share, such as of days, has none.
    private static readonly HashSet<string> _signed =
    [
        "total_return", "cagr", "max_drawdown", "value_at_risk95", "conditional_value_at_risk95", "best_day",
        "worst_day", "best_return", "worst_return", "alpha", "excess_return", "benchmark_total_return",
        "benchmark_cagr", "benchmark_max_drawdown",
    ];

    /// <summary>A fraction that is a gain or a loss.</summary>
    public static string Percent(double? fraction) => Show.Percent(fraction * 100);

    /// <summary>A fraction of a whole.</summary>
    public static string Share(double? fraction) => fraction is null ? Show.Nothing : Number(fraction * 100) + "%";

    public static string Number(double? value) =>
        value is { } number && double.IsFinite(number) ? Text(number, "#,##0.00") : Show.Nothing;

    public static string Count(double? value) => value is { } number ? Text(number, "#,##0") : Show.Nothing;

    /// <summary>A number as it was typed.</summary>
    public static string Plain(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>The day of a bar by its close: midnight ends a day.</summary>
    public static string Day(DateTime close) => close.AddTicks(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Labels of an axis of closes: the day, or the time where the one before is of the same day.</summary>
    public static List<string> Dates(IReadOnlyList<DateTime> closes) =>
    [
        .. closes.Select((close, place) => place > 0 && Day(closes[place - 1]) == Day(close)
            ? close.ToString("HH:mm", CultureInfo.InvariantCulture)
            : Day(close)),
    ];

    /// <summary>A bar's close: of days the date, else with the time.</summary>
    public static string Bar(DateTime time, string interval) =>
        interval == "1d" ? Day(time) : time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Range(BacktestSummaryResponse backtest) =>
        $"{Day(backtest.From)} – {Day(backtest.To)}";

    /// <summary>A figure by its definition.</summary>
    public static string Value(JsonElement value, MetricDefinitionResponse definition) => value.ValueKind switch
    {
        JsonValueKind.Number => Value(value.GetDouble(), definition),
        JsonValueKind.String when value.TryGetDateTime(out var time) => Day(time),
        JsonValueKind.String => value.GetString() ?? Show.Nothing,
        _ => Show.Nothing,
    };

    public static string Value(double value, MetricDefinitionResponse definition) => definition.Unit switch
    {
        "fraction" when _signed.Contains(definition.Name) => Percent(value),
        "fraction" => Share(value),
        "count" => Count(value),
        _ => Number(value),
    };

    public static string Arguments(IReadOnlyDictionary<string, double> arguments) =>
        string.Join(", ", arguments.Select(pair => $"{pair.Key} {Plain(pair.Value)}"));

    /// <summary>What a sweep tried of each parameter.</summary>
    public static string Axes(BacktestSweep sweep) => string.Join(
        ", ",
        (sweep.Axes ?? []).Select(axis =>
            $"{axis.Name} {Plain(axis.From ?? 0)} to {Plain(axis.To ?? 0)} by {Plain(axis.Step ?? 0)}"));

    public static string Size(BacktestSize size) => size.Rule switch
    {
        "equity" => $"{Share(size.Amount)} of equity",
        "risk" => $"{Share(size.Amount)} at risk to the stop",
        _ => $"{Plain(size.Amount ?? 0)} {size.Rule}",
    };

    public static string Instruments(IReadOnlyList<string> tickers) => tickers.Count <= 3
        ? string.Join(", ", tickers)
        : $"{string.Join(", ", tickers.Take(2))} and {tickers.Count - 2} more";

    public static string Title(BacktestSummaryResponse backtest) =>
        backtest.Name ?? $"{backtest.Strategy} on {Instruments(backtest.Instruments)}";

    private static string Text(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');
}
