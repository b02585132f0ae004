using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Trading.Data.Migrations
{
    /// <inheritdoc />
    public partial class Signals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "anomalies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    instrument_id = table.Column<int>(type: "integer", nullable: false),
                    interval = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    value = table.Column<double>(type: "double precision", nullable: false),
                    median = table.Column<double>(type: "double precision", nullable: false),
                    deviations = table.Column<double>(type: "double precision", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_anomalies", x => x.id);
                    table.ForeignKey(
                        name: "fk_anomalies_instruments",
                        column: x => x.instrument_id,
                        principalTable: "instruments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "signal_calibration",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    interval = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    fitted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    resolved = table.Column<int>(type: "integer", nullable: false),
                    scores = table.Column<double[]>(type: "double precision[]", nullable: false),
                    shares = table.Column<double[]>(type: "double precision[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_calibration", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signal_history",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    signal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    price = table.Column<double>(type: "double precision", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_history", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signal_progress",
                columns: table => new
                {
                    instrument_id = table.Column<int>(type: "integer", nullable: false),
                    interval = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    bar_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    previous_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signal_progress", x => new { x.instrument_id, x.interval });
                    table.ForeignKey(
                        name: "fk_signal_progress_instruments",
                        column: x => x.instrument_id,
                        principalTable: "instruments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "signals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    instrument_id = table.Column<int>(type: "integer", nullable: false),
                    interval = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    direction = table.Column<short>(type: "smallint", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    entry = table.Column<double>(type: "double precision", nullable: false),
                    target = table.Column<double>(type: "double precision", nullable: false),
                    stop = table.Column<double>(type: "double precision", nullable: false),
                    atr = table.Column<double>(type: "double precision", nullable: false),
                    expiry_bars = table.Column<int>(type: "integer", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    raw_score = table.Column<double>(type: "double precision", nullable: false),
                    confidence = table.Column<double>(type: "double precision", nullable: false),
                    calibrated = table.Column<bool>(type: "boolean", nullable: false),
                    quality_score = table.Column<double>(type: "double precision", nullable: false),
                    volume_score = table.Column<double>(type: "double precision", nullable: true),
                    regime = table.Column<short>(type: "smallint", nullable: false),
                    market_conditions = table.Column<short>(type: "smallint", nullable: false),
                    risk_pct = table.Column<double>(type: "double precision", nullable: false),
                    bt_trades = table.Column<int>(type: "integer", nullable: false),
                    bt_winrate = table.Column<double>(type: "double precision", nullable: true),
                    bt_pf = table.Column<double>(type: "double precision", nullable: true),
                    technical_indicators = table.Column<string>(type: "jsonb", nullable: false),
                    rationale = table.Column<string>(type: "text", nullable: false),
                    backfilled = table.Column<bool>(type: "boolean", nullable: false),
                    latency_ms = table.Column<double>(type: "double precision", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    fill_price = table.Column<double>(type: "double precision", nullable: true),
                    exit_price = table.Column<double>(type: "double precision", nullable: true),
                    r = table.Column<double>(type: "double precision", nullable: true),
                    bars_held = table.Column<int>(type: "integer", nullable: true),
                    mae_r = table.Column<double>(type: "double precision", nullable: true),
                    mfe_r = table.Column<double>(type: "double precision", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signals", x => x.id);
                    table.ForeignKey(
                        name: "fk_signals_instruments",
                        column: x => x.instrument_id,
                        principalTable: "instruments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_anomalies_time_id",
                table: "anomalies",
                columns: new[] { "time", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_anomalies_instrument_id_interval_time_kind",
                table: "anomalies",
                columns: new[] { "instrument_id", "interval", "time", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signal_calibration_interval_fitted_at",
                table: "signal_calibration",
                columns: new[] { "interval", "fitted_at" });

            migrationBuilder.CreateIndex(
                name: "ux_signal_history_end",
                table: "signal_history",
                column: "signal_id",
                unique: true,
                filter: "state <> 0");

            migrationBuilder.CreateIndex(
                name: "ux_signal_history_signal_id_state",
                table: "signal_history",
                columns: new[] { "signal_id", "state" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signals_state_time_id",
                table: "signals",
                columns: new[] { "state", "time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_time_id",
                table: "signals",
                columns: new[] { "time", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_signals_active",
                table: "signals",
                columns: new[] { "instrument_id", "interval" },
                unique: true,
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ux_signals_instrument_id_interval_time",
                table: "signals",
                columns: new[] { "instrument_id", "interval", "time" },
                unique: true);

            migrationBuilder.Sql(
                """
                CREATE FUNCTION refuse_signal_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'the history of signals is append-only';
                END
                $$;

                CREATE TRIGGER signal_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON signal_history
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_signal_history_change();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "anomalies");

            migrationBuilder.DropTable(
                name: "signal_calibration");

            migrationBuilder.DropTable(
                name: "signal_history");

            migrationBuilder.DropTable(
                name: "signal_progress");

            migrationBuilder.DropTable(
                name: "signals");
            migrationBuilder.Sql("DROP FUNCTION refuse_signal_history_change();");
        }
    }
}
