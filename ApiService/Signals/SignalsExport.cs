using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.ApiService.Limits;
using Trading.Data.Signals;
using Trading.Domain.Signals;

namespace Trading.ApiService.Signals;

/// <summary>All signals of a search as one file, written as they are read.</summary>
internal static class SignalsExport
{
    private const int RowsAtOnce = 1000;

    public static void MapSignalsExport(this IEndpointRouteBuilder signals) => signals.MapGet("/export", Export)
        .WithName("ExportSignals")
        .WithSummary("Signals as CSV, newest first")
        .WithDescription("The filters are those of the list; `cursor` and `limit` have no meaning here. A text that a"
            + " spreadsheet would take for a formula starts with an apostrophe.")
        .LimitedBy(LimitPolicies.Exports)
        .Produces<string>(StatusCodes.Status200OK, "text/csv")
        .ProducesProblems(400, 401, 403, 404, 429, 503);

    private static async Task Export(
        [AsParameters] SignalParameters asked, HttpContext context, InstrumentDirectory directory, SignalStore store)
    {
        var (read, problem) = await SignalFilters.ReadAsync(
            asked with { Cursor = null, Limit = null }, directory, context.RequestAborted);
        if (problem is not null)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        // Read before the answer begins: a store that is away is a 503, and not half a file.
        var query = read! with { Limit = RowsAtOnce };
        var rows = await store.SearchAsync(query, context.RequestAborted);
        var response = context.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"signals.csv\"";
        using var text = new StringWriter();
        var csv = new Csv(text).Header(
            "id", "ticker", "interval", "time", "direction", "state", "entry", "target", "stop", "risk_pct",
            "confidence", "calibrated", "raw_score", "quality_score", "volume_score", "regime", "market_conditions",
            "bt_trades", "bt_winrate", "bt_pf", "backfilled", "resolved_at", "fill_price", "exit_price", "r",
            "bars_held", "mae_r", "mfe_r", "reason", "rationale");
        while (rows.Count > 0)
        {
            foreach (var row in rows)
            {
                Write(csv, row.Ticker, row.Signal);
            }

            await response.WriteAsync(text.ToString(), context.RequestAborted);
            text.GetStringBuilder().Clear();
            rows = rows.Count < RowsAtOnce
                ? []
                : await store.SearchAsync(
                    query with { After = new ListPlace(rows[^1].Signal.Time, rows[^1].Signal.Id) }, context.RequestAborted);
        }

        await response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private static void Write(Csv csv, string ticker, SignalRow row)
    {
        csv.Text(row.Id.ToString()).Text(ticker).Text(row.Interval).Time(row.Time)
            .Text(row.Direction.Code()).Text(row.State.Code())
            .Number(row.Entry).Number(row.Target).Number(row.Stop).Number(row.RiskPct)
            .Number(row.Confidence).Flag(row.Calibrated).Number(row.RawScore).Number(row.QualityScore)
            .Number(row.VolumeScore).Text(row.Regime.Code()).Text(row.Conditions.Code())
            .Number(row.BtTrades).Number(row.BtWinrate).Number(row.BtPf).Flag(row.Backfilled)
            .Time(row.ResolvedAt).Number(row.FillPrice).Number(row.ExitPrice).Number(row.R)
            .Number(row.BarsHeld).Number(row.MaeR).Number(row.MfeR)
            .Text(row.Reason).Text(row.Rationale.Replace('\n', ' ')).EndRow();
    }
}
