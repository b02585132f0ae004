using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trading.Data.Migrations
{
    /// <inheritdoc />
    public partial class Experiments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "experiments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true),
                    spec = table.Column<string>(type: "jsonb", nullable: false),
                    interval = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    instrument_ids = table.Column<int[]>(type: "integer[]", nullable: false),
                    counts_from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    bar_count = table.Column<int>(type: "integer", nullable: false),
                    last_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    revision_count = table.Column<int>(type: "integer", nullable: false),
                    results = table.Column<string>(type: "jsonb", nullable: true),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_experiments", x => x.id);
                    table.CheckConstraint("ck_experiments_state", "state IN ('running', 'completed', 'stopped', 'failed')");
                    table.ForeignKey(
                        name: "fk_experiments_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "experiment_points",
                columns: table => new
                {
                    experiment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    equity = table.Column<double[]>(type: "double precision[]", nullable: false),
                    invested = table.Column<double[]>(type: "double precision[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_experiment_points", x => new { x.experiment_id, x.number });
                    table.ForeignKey(
                        name: "fk_experiment_points_experiments",
                        column: x => x.experiment_id,
                        principalTable: "experiments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_experiments_running",
                table: "experiments",
                column: "interval",
                filter: "state = 'running'");

            migrationBuilder.CreateIndex(
                name: "ix_experiments_user_id_id",
                table: "experiments",
                columns: new[] { "user_id", "id" });

            migrationBuilder.Sql(
                """
                CREATE FUNCTION refuse_experiment_point_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'the points of experiments are append-only';
                END
                $$;

                CREATE TRIGGER experiment_points_append_only BEFORE UPDATE OR TRUNCATE ON experiment_points
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_experiment_point_change();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "experiment_points");

            migrationBuilder.DropTable(
                name: "experiments");

            migrationBuilder.Sql("DROP FUNCTION refuse_experiment_point_change()");
        }
    }
}
