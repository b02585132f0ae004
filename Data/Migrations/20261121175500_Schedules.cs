using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trading.Data.Migrations
{
    /// <inheritdoc />
    public partial class Schedules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "cursor",
                table: "jobs",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "schedule",
                table: "jobs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "scheduled_for",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "tried_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "tried_done",
                table: "jobs",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "schedules",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    cron = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_schedules", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_kind_id",
                table: "jobs",
                columns: new[] { "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_jobs_schedule_active",
                table: "jobs",
                column: "schedule",
                unique: true,
                filter: "state IN ('queued', 'running')");

            migrationBuilder.CreateIndex(
                name: "ux_jobs_schedule_scheduled_for",
                table: "jobs",
                columns: new[] { "schedule", "scheduled_for" },
                unique: true,
                filter: "scheduled_for IS NOT NULL");

            CreateScheduler(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            DropScheduler(migrationBuilder);

            migrationBuilder.DropTable(
                name: "schedules");

            migrationBuilder.DropIndex(
                name: "ix_jobs_kind_id",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ux_jobs_schedule_active",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ux_jobs_schedule_scheduled_for",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "cursor",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "schedule",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "scheduled_for",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "tried_at",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "tried_done",
                table: "jobs");
        }
    }
}
