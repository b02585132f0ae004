using Microsoft.EntityFrameworkCore.Migrations;

namespace Trading.Data.Migrations;

public partial class Storage
{
    /// <summary>
    /// Of each instrument the last 20 daily bars, in units of the newest: a split since then divides those before it,
    /// unless they are known to be adjusted for it, or where nothing is known have no jump at it, as in Domain's
    /// AdjustmentSchedule. The sessions of all exchanges close on their own date in UTC, those that never close at its end.
    /// The second table has what PostgreSQL had counted of changes when the view was computed last.
    /// </summary>
    private static void CreatePerformance(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE MATERIALIZED VIEW instrument_performance AS
        SELECT i.id AS instrument_id,
            max(d.time) AS time,
            max(d.close) FILTER (WHERE d.n = 1) AS close,
            max(d.close) FILTER (WHERE d.n = 2) AS previous_close,
            CASE WHEN count(*) = 20 THEN avg(d.close) END AS mean_close,
            CASE WHEN count(*) = 20 THEN avg(d.volume) END AS mean_volume,
            max(d.volume) FILTER (WHERE d.n = 1) AS volume,
            bool_or(d.source IN (3, 4)) FILTER (WHERE d.n <= 2) AS synthetic
        FROM instruments i CROSS JOIN LATERAL (
            SELECT recent.n, recent.time, recent.close / s.factor AS close, recent.volume * s.factor AS volume,
                recent.source
            FROM (
                SELECT row_number() OVER (ORDER BY b.time DESC) AS n, b.time, b.close, b.volume, b.source,
                    ((b.time - interval '1 microsecond') AT TIME ZONE 'UTC')::date AS session
                FROM (
                    SELECT time, close, volume, source FROM daily_bars
                    WHERE instrument_id = i.id ORDER BY time DESC LIMIT 20
                ) AS b
            ) AS recent
            CROSS JOIN LATERAL (
                SELECT coalesce(round(exp(sum(ln(a.value)))::numeric, 9)::float8, 1) AS factor
                FROM corporate_actions a
                CROSS JOIN LATERAL (SELECT a.ex_date::timestamp AT TIME ZONE 'UTC' AS midnight) AS day
                CROSS JOIN LATERAL (
                    SELECT close FROM daily_bars
                    WHERE instrument_id = i.id AND time <= midnight ORDER BY time DESC LIMIT 1
                ) AS before
                CROSS JOIN LATERAL (
                    SELECT open FROM daily_bars
                    WHERE instrument_id = i.id AND time > midnight ORDER BY time LIMIT 1
                ) AS after
                WHERE a.instrument_id = i.id AND a.kind = 1 AND NOT a.withdrawn AND a.ex_date > recent.session
                    AND coalesce(
                        (SELECT NOT (held.holds > 0 AND a.ex_date <= held.adjusted_to) FROM price_bases held
                         WHERE held.instrument_id = i.id AND recent.session BETWEEN held.first AND held.last LIMIT 1),
                        abs(ln(before.close / after.open) - ln(a.value)) < abs(ln(before.close / after.open)))
            ) AS s
        ) AS d
        GROUP BY i.id;

        CREATE UNIQUE INDEX ux_instrument_performance_instrument_id ON instrument_performance (instrument_id);

        CREATE TABLE performance_refreshes (changes bigint, refreshed_at timestamptz NOT NULL);
        INSERT INTO performance_refreshes VALUES (NULL, now());
        """);

    private static void DropPerformance(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TABLE performance_refreshes;
        DROP MATERIALIZED VIEW instrument_performance;
        """);
}
