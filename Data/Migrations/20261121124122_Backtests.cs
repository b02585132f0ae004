using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trading.Data.Migrations
{
    /// <inheritdoc />
    public partial class Backtests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "backtests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true),
                    strategy = table.Column<string>(type: "text", nullable: false),
                    spec = table.Column<string>(type: "jsonb", nullable: false),
                    is_done = table.Column<bool>(type: "boolean", nullable: false),
                    trial_count = table.Column<int>(type: "integer", nullable: false),
                    bar_count = table.Column<long>(type: "bigint", nullable: false),
                    total_return = table.Column<double>(type: "double precision", nullable: true),
                    cagr = table.Column<double>(type: "double precision", nullable: true),
                    volatility = table.Column<double>(type: "double precision", nullable: true),
                    sharpe = table.Column<double>(type: "double precision", nullable: true),
                    max_drawdown = table.Column<double>(type: "double precision", nullable: true),
                    win_rate = table.Column<double>(type: "double precision", nullable: true),
                    profit_factor = table.Column<double>(type: "double precision", nullable: true),
                    trade_count = table.Column<int>(type: "integer", nullable: true),
                    deflated_sharpe = table.Column<double>(type: "double precision", nullable: true),
                    looks_ahead = table.Column<bool>(type: "boolean", nullable: true),
                    result = table.Column<byte[]>(type: "bytea", nullable: true),
                    equity = table.Column<byte[]>(type: "bytea", nullable: true),
                    trades = table.Column<byte[]>(type: "bytea", nullable: true),
                    duration_ms = table.Column<double>(type: "double precision", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backtests", x => x.id);
                    table.ForeignKey(
                        name: "fk_backtests_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_backtests_user_id_id",
                table: "backtests",
                columns: new[] { "user_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "backtests");
        }
    }
}
