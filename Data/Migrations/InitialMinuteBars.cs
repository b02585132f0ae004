using Microsoft.EntityFrameworkCore.Migrations;

namespace Trading.Data.Migrations;

public partial class Initial
{
    /// <summary>
    /// EF Core cannot describe partitions. Rows of a month without a partition land in the default one, and move to the
    /// month's own when that is created; the lock makes two creators wait for each other.
    /// </summary>
    private static void CreateMinuteBars(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE minute_bars (
                instrument_id integer NOT NULL,
                "time" timestamp with time zone NOT NULL,
                open double precision NOT NULL,
                high double precision NOT NULL,
                low double precision NOT NULL,
                close double precision NOT NULL,
                volume double precision NOT NULL,
                source smallint NOT NULL,
                CONSTRAINT pk_minute_bars PRIMARY KEY (instrument_id, "time")
            ) PARTITION BY RANGE ("time");

            CREATE TABLE minute_bars_default PARTITION OF minute_bars DEFAULT;
            """);
        migrationBuilder.Sql(
            """
            CREATE FUNCTION ensure_minute_bars_partition(at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
            DECLARE
                first timestamptz := date_trunc('month', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
                next timestamptz := (date_trunc('month', at AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
                partition text := 'minute_bars_' || to_char(at AT TIME ZONE 'UTC', 'YYYY_MM');
            BEGIN
                IF to_regclass(partition) IS NOT NULL THEN
                    RETURN;
                END IF;

                PERFORM pg_advisory_xact_lock(hashtext('minute_bars_partition'));
                IF to_regclass(partition) IS NOT NULL THEN
                    RETURN;
                END IF;

                EXECUTE format('CREATE TABLE %I (LIKE minute_bars INCLUDING ALL)', partition);
                LOCK TABLE minute_bars_default IN ACCESS EXCLUSIVE MODE;
                EXECUTE format(
                    'WITH moved AS (DELETE FROM minute_bars_default WHERE time >= %L AND time < %L RETURNING *) '
                    || 'INSERT INTO %I SELECT * FROM moved', first, next, partition);
                EXECUTE format(
                    'ALTER TABLE minute_bars ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition, first, next);
            END
            $$;
            """);
    }
}
