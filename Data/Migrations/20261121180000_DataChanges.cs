using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Trading.Data.Migrations;

/// <summary>
/// Tells on a channel what a transaction changed, when it is committed, whoever wrote: services, imports, an administrator.
/// The model stays as it is.
/// </summary>
[DbContext(typeof(TradingDbContext))]
[Migration("20261121180000_DataChanges")]
public sealed class DataChanges : Migration
{
    private static readonly (string Table, string What)[] _told =
    [
        ("instruments", "instruments"),
        ("corporate_actions", "actions"),
        ("daily_bars", "bars"),
        ("minute_bars", "bars"),
        ("signals", "signals"),
        ("anomalies", "signals"),
        ("signal_calibration", "signals"),
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        // A transaction that knows better what it changes says so in trading.change. PostgreSQL tells the same once.
        migrationBuilder.Sql(
            """
            CREATE FUNCTION tell_data_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_notify('data_changed', coalesce(nullif(current_setting('trading.change', true), ''), TG_ARGV[0]));
                RETURN NULL;
            END
            $$;
            """);
        foreach (var (table, what) in _told)
        {
            migrationBuilder.Sql(
                $"""
                CREATE TRIGGER tell_data_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION tell_data_change('{what}')
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var (table, _) in _told)
        {
            migrationBuilder.Sql($"DROP TRIGGER tell_data_change ON {table}");
        }

        migrationBuilder.Sql("DROP FUNCTION tell_data_change()");
    }
}
