using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Trading.Data;
using Trading.Data.CorporateActions;
using Trading.Domain.Market;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>Going back to the tables before, and to the newest again.</summary>
[Collection(SystemTests.Name)]
public sealed class MigrationTests(TradingSystem system)
{
    private const string Tables =
        """
        SELECT string_agg(relkind::text || ' ' || relname, E'\n' ORDER BY relname) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrations_roll_back_one_by_one_and_apply_again()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        var options = new DbContextOptionsBuilder<TradingDbContext>().UseNpgsql(database.Source).Options;
        await using var context = new TradingDbContext(options);
        var migrator = context.GetService<IMigrator>();
        string[] all = [.. context.Database.GetMigrations()];
        var newest = await DescribeAsync(database);

        foreach (var before in all.SkipLast(1).Reverse())
        {
            await migrator.MigrateAsync(before, Cancellation);
        }

        await migrator.MigrateAsync(Migration.InitialDatabase, Cancellation);
        Assert.DoesNotContain("jobs", await DescribeAsync(database), StringComparison.Ordinal);
        await migrator.MigrateAsync(cancellationToken: Cancellation);

        Assert.Equal(newest, await DescribeAsync(database));
    }

    [Fact]
    public async Task Who_set_an_action_by_hand_is_taken_from_the_action_and_given_back_by_a_rollback()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        var options = new DbContextOptionsBuilder<TradingDbContext>().UseNpgsql(database.Source).Options;
        await using var context = new TradingDbContext(options);
        var migrator = context.GetService<IMigrator>();
        string[] all = [.. context.Database.GetMigrations()];
        var before = all[Array.FindIndex(all, name => name.EndsWith("_ManualActions", StringComparison.Ordinal)) - 1];
        await database.ImportAsync("AAPL,2020-08-28,504.05,505.77,498.31,499.23,46907479");
        var (id, day) = ((await database.InstrumentAsync("AAPL")).Id, new DateOnly(2020, 8, 31));
        var store = new ActionStore(database.Source);
        await store.StoreAsync(id, [new(day, CorporateActionKind.Split, 5)], "file.csv", Cancellation);
        await store.StoreAsync(id, [new(day, CorporateActionKind.Dividend, 1)], "file.csv", Cancellation);
        await store.CorrectAsync(id, day, CorporateActionKind.Split, 4, "ada@example.org", Cancellation);
        async Task<string[]> SourcesAsync() =>
            [.. (await store.ListAsync(id, Cancellation)).OrderBy(row => row.Kind).Select(row => row.Source)];

        await migrator.MigrateAsync(before, Cancellation);
        var old = await SourcesAsync();
        await migrator.MigrateAsync(cancellationToken: Cancellation);

        Assert.Equal(["ada@example.org", "file.csv"], old);
        Assert.Equal(["manual", "file.csv"], await SourcesAsync());
    }

    private static async Task<string> DescribeAsync(ScratchDatabase database)
    {
        await using var command = database.Source.CreateCommand(Tables);
        return (string)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
