using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Trading.Data.Migrations
{
    /// <inheritdoc />
    public partial class ActionHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "corrected",
                table: "corporate_actions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "corporate_actions",
                type: "text",
                nullable: false,
                defaultValue: "import");

            migrationBuilder.AddColumn<DateTime>(
                name: "updated_at",
                table: "corporate_actions",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.AddColumn<bool>(
                name: "withdrawn",
                table: "corporate_actions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "corporate_action_changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    instrument_id = table.Column<int>(type: "integer", nullable: false),
                    ex_date = table.Column<DateOnly>(type: "date", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    old_value = table.Column<double>(type: "double precision", nullable: true),
                    new_value = table.Column<double>(type: "double precision", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_corporate_action_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_corporate_action_changes_instruments",
                        column: x => x.instrument_id,
                        principalTable: "instruments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "price_bases",
                columns: table => new
                {
                    instrument_id = table.Column<int>(type: "integer", nullable: false),
                    first = table.Column<DateOnly>(type: "date", nullable: false),
                    last = table.Column<DateOnly>(type: "date", nullable: false),
                    holds = table.Column<short>(type: "smallint", nullable: false),
                    adjusted_to = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_price_bases", x => new { x.instrument_id, x.first });
                    table.ForeignKey(
                        name: "fk_price_bases_instruments",
                        column: x => x.instrument_id,
                        principalTable: "instruments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_corporate_action_changes_instrument_id_id",
                table: "corporate_action_changes",
                columns: new[] { "instrument_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "corporate_action_changes");

            migrationBuilder.DropTable(
                name: "price_bases");

            migrationBuilder.DropColumn(
                name: "corrected",
                table: "corporate_actions");

            migrationBuilder.DropColumn(
                name: "source",
                table: "corporate_actions");

            migrationBuilder.DropColumn(
                name: "updated_at",
                table: "corporate_actions");

            migrationBuilder.DropColumn(
                name: "withdrawn",
                table: "corporate_actions");
        }
    }
}
