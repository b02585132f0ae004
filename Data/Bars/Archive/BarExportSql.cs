namespace Trading.Data.Bars.Archive;

/// <summary>The rows of a file: one line each, the same text for the file and for the hash.</summary>
internal static class BarExportSql
{
    public const string Header = "ticker,interval,time,open,high,low,close,volume,source";

    private const string Time = "to_char(b.time AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
    private const string Values = "b.open, b.high, b.low, b.close, b.volume, b.source";

    public static string Copy(string table, string interval) =>
        $"""
        COPY (
            SELECT i.ticker, '{interval}' AS interval, {Time} AS time, {Values}
            FROM {table} b JOIN instruments i ON i.id = b.instrument_id ORDER BY i.ticker, b.time
        ) TO STDOUT (FORMAT CSV, HEADER)
        """;

    /// <summary>A row whose instrument is gone is counted, too: a file without it is not accepted.</summary>
    public static string Digest(string table, string interval) =>
        $"""
        SELECT count(*), coalesce(sum(('x' || left(encode(sha256(convert_to(
            concat_ws(',', i.ticker, '{interval}', {Time}, {Values}), 'UTF8')), 'hex'), 15))::bit(60)::bigint), 0)::text
        FROM {table} b LEFT JOIN instruments i ON i.id = b.instrument_id
        """;
}
