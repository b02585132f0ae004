using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trading.Data.Migrations
{
    /// <summary>
    /// Who set an action by hand was its source, which everybody may read. The changes have it as well, and for
    /// administrators only.
    /// </summary>
    public partial class ManualActions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("UPDATE corporate_actions SET source = 'manual' WHERE corrected;");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            UPDATE corporate_actions AS action SET source = last.source
            FROM (
                SELECT DISTINCT ON (instrument_id, ex_date, kind) instrument_id, ex_date, kind, source
                FROM corporate_action_changes ORDER BY instrument_id, ex_date, kind, id DESC
            ) AS last
            WHERE action.corrected AND action.source = 'manual' AND action.instrument_id = last.instrument_id
                AND action.ex_date = last.ex_date AND action.kind = last.kind;
            """);
    }
}
