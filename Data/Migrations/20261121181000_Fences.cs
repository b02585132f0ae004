using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Trading.Data.Migrations;

/// <summary>The tokens of those who hold locks. Only SQL reads it: it is no part of the model.</summary>
[DbContext(typeof(TradingDbContext))]
[Migration("20261121181000_Fences")]
public sealed class Fences : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(
            """
            CREATE TABLE fences (
                name text CONSTRAINT pk_fences PRIMARY KEY,
                token bigint NOT NULL,
                raised_at timestamp with time zone NOT NULL
            )
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("DROP TABLE fences");
    }
}
