using System.Text.Json;
using Trading.ApiService.Edge;

namespace Trading.ApiService.Backtests;

/// <summary>Parts of a result as tables; numbers as they are stored, to the last digit.</summary>
internal static class ResultCsv
{
    private static readonly string[] _trade =
    [
        "ticker", "direction", "units", "entry_time", "entry_price", "exit_time", "exit_price", "exit_reason", "profit",
        "return", "r_multiple", "fees", "dividends", "borrow_cost", "stop_price", "target_price",
        "maximum_adverse_excursion", "maximum_favourable_excursion", "bars_held",
    ];

    private static readonly string[] _trial =
    [
        "index", "total_return", "cagr", "sharpe", "sortino", "calmar", "max_drawdown", "trades", "win_rate",
        "profit_factor",
    ];

    public static string Trades(JsonElement trades)
    {
        using var text = new StringWriter();
        var csv = new Csv(text).Header(_trade);
        foreach (var trade in trades.EnumerateArray())
        {
            Row(csv, trade, _trade);
        }

        return text.ToString();
    }

    public static string Equity(JsonElement equity)
    {
        string[] columns = ["equity", "drawdown", "exposure", "benchmark"];
        using var text = new StringWriter();
        var csv = new Csv(text).Header(["time", .. columns]);
        var known = columns.Select(name => equity.GetProperty(name)).Where(IsColumn).ToArray();
        var times = equity.GetProperty("times");
        for (var bar = 0; bar < times.GetArrayLength(); bar++)
        {
            Cell(csv, times[bar]);
            foreach (var column in known)
            {
                Cell(csv, column[bar]);
            }

            csv.EndRow();
        }

        return text.ToString();
    }

    public static string Trials(JsonElement result)
    {
        using var text = new StringWriter();
        var csv = new Csv(text);
        var sweep = result.GetProperty("sweep");
        if (sweep.ValueKind != JsonValueKind.Object)
        {
            csv.Header(_trial);
            return text.ToString();
        }

        csv.Header([.. sweep.GetProperty("parameters").EnumerateArray().Select(name => name.GetString()!), .. _trial]);
        foreach (var trial in sweep.GetProperty("trials").EnumerateArray())
        {
            foreach (var argument in trial.GetProperty("arguments").EnumerateArray())
            {
                Cell(csv, argument);
            }

            Row(csv, trial, _trial);
        }

        return text.ToString();
    }

    private static bool IsColumn(JsonElement column) => column.ValueKind == JsonValueKind.Array;

    private static void Row(Csv csv, JsonElement row, string[] names)
    {
        foreach (var name in names)
        {
            Cell(csv, row.GetProperty(name));
        }

        csv.EndRow();
    }

    private static void Cell(Csv csv, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                csv.Number(value.GetRawText());
                break;
            case JsonValueKind.String:
                csv.Text(value.GetString());
                break;
            default:
                csv.Text(null);
                break;
        }
    }
}
