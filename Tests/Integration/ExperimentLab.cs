using Trading.Data.Backtests;
using Trading.Data.Bars;
using Trading.Data.CorporateActions;
using Trading.Data.Experiments;
using Trading.Domain.Market;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>Experiments over the invented market's days, in a database of a test's own.</summary>
internal sealed class ExperimentLab : IAsyncDisposable
{
    /// <summary>After London's close.</summary>
    public static readonly DateTime Begun = new(2023, 3, 1, 20, 0, 0, DateTimeKind.Utc);

    public static readonly DateTime End = new(2024, 6, 28, 23, 0, 0, DateTimeKind.Utc);

    private readonly ScratchDatabase _database;
    private readonly SpecInstrument[] _instruments;

    private ExperimentLab(ScratchDatabase database, SpecInstrument[] instruments, Guid user) =>
        (_database, _instruments, User) = (database, instruments, user);

    public Guid User { get; }

    public ExperimentStore Store => new(_database.Source);

    public ScratchDatabase Database => _database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ExperimentLab> OpenAsync(TradingSystem system)
    {
        var database = await ScratchDatabase.CreateAsync(system);
        var market = new SyntheticMarket(1, DateOnly.FromDateTime(End));
        var instruments = new List<SpecInstrument>();
        foreach (var company in SyntheticCompanies.All.Where(company => company.Exchange.Code == "XLON").Take(2))
        {
            await using var insert = database.Source.CreateCommand(
                """
                INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
                VALUES ($1, $1, 'GB', 'GBP', 'XLON', true) RETURNING id
                """);
            insert.Parameters.Add(new() { Value = company.Ticker });
            var id = (int)(await insert.ExecuteScalarAsync(Cancellation))!;
            instruments.Add(new(id, company.Ticker, "XLON", true));
            await database.Bars.UpsertAsync(
                BarInterval.OneDay,
                [.. market.Bars(company, new DateOnly(2022, 1, 3)).Select(bar => new InstrumentBar(id, bar, BarSource.Simulated))],
                Cancellation);
        }

        return new(database, [.. instruments], await AddUserAsync(database));
    }

    public ExperimentSpec Spec(int horizon, params ExperimentArm[] arms) => new()
    {
        Arms = arms,
        Instruments = _instruments,
        Interval = "1d",
        Settings = new() { From = Begun.AddDays(1), BootstrapSamples = 0 },
        WarmFrom = Begun.AddDays(-150),
        Horizon = horizon,
        ErrorRate = 0.05,
    };

    public static ExperimentArm Cross(string name, double fast, double slow) => new()
    {
        Name = name,
        Strategy = "ma_cross",
        Arguments = new Dictionary<string, double> { ["fast"] = fast, ["slow"] = slow },
    };

    public static ExperimentArm Written(string name, string source) =>
        new() { Name = name, Strategy = "own", Source = source, Arguments = new Dictionary<string, double>() };

    public async Task<Guid> BeginAsync(ExperimentSpec spec)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Store.TryAddAsync(new(id, User, null, spec, Begun), 100, 100, Cancellation));
        return id;
    }

    /// <summary>As a worker does: all that there is to do by a time.</summary>
    public Task<List<ExperimentNews>> AdvanceAsync(DateTime until) => AdvanceAsync(BarInterval.OneDay, until);

    public async Task<List<ExperimentNews>> AdvanceAsync(BarInterval interval, DateTime until)
    {
        var advance = new ExperimentAdvance(
            _database.Source,
            new ExperimentRunner(new BarColumns(_database.Source), new ActionStore(_database.Source)),
            TimeProvider.System);
        var all = new List<ExperimentNews>();
        while (await advance.AdvanceAsync(
            interval, until, [.. all.Select(news => news.Row.Id)], Cancellation) is { } news)
        {
            all.Add(news);
        }

        return all;
    }

    /// <summary>Stores minutes of the first instrument, each of which closes a little higher.</summary>
    public Task AddMinutesAsync(DateTime from, int count) => _database.Bars.UpsertAsync(
        BarInterval.OneMinute,
        [
            .. Enumerable.Range(0, count).Select(minute => new InstrumentBar(
                _instruments[0].Id,
                new Bar(from.AddMinutes(minute), 100 + minute, 101 + minute, 100 + minute, 101 + minute, 10),
                BarSource.Simulated)),
        ],
        Cancellation);

    public async Task<ExperimentRow> RowAsync(Guid id) =>
        await Store.FindAsync(User, id, Cancellation) ?? throw new InvalidOperationException("There is none.");

    public Task<ExperimentColumns> PointsAsync(Guid id) => Store.PointsAsync(User, id, Cancellation);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task<Guid> AddUserAsync(ScratchDatabase database)
    {
        var id = Guid.CreateVersion7();
        await using var command = database.Source.CreateCommand(
            """
            INSERT INTO users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed,
                phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, tier, recovery_codes,
                last_totp_step, created_at)
            SELECT $1, $2, $2, $2, $2, true, false, false, false, 0, 'free', '{}', 0, now()
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue($"{id:n}@example.com");
        await command.ExecuteNonQueryAsync(Cancellation);
        return id;
    }
}
