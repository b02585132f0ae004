using Npgsql;
using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.Benchmarks.Storage;

/// <summary>Made-up minutes of two years of sessions, 390 a day, of instruments that nobody quotes.</summary>
internal sealed class MinuteMarket(int[] ids)
{
    public const int Instruments = 100;
    public const int Sessions = 513;
    public const int MinutesOfSession = 390;

    private static readonly DateOnly _first = new(2024, 1, 1);

    public static long Bars => (long)Instruments * Sessions * MinutesOfSession;

    public static string TickerOf(int number) => $"BENCH.{number}";

    public static async Task<MinuteMarket> ListAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
            SELECT ticker, ticker, 'US', 'USD', 'XNYS', true FROM unnest($1) AS ticker RETURNING id
            """);
        command.Parameters.Add(new() { Value = Enumerable.Range(0, Instruments).Select(TickerOf).ToArray() });
        var ids = new List<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetInt32(0));
        }

        return new MinuteMarket([.. ids]);
    }

    /// <summary>The Monday of a week that is in the market as a whole.</summary>
    public static DateOnly WeekOf(Random random) => _first.AddDays(7 * random.Next(Sessions / 5));

    /// <summary>All bars of one instrument, by time.</summary>
    public List<InstrumentBar> BarsOf(int number)
    {
        var bars = new List<InstrumentBar>(Sessions * MinutesOfSession);
        var random = new SeededRandom(number, "minutes");
        var price = 100.0;
        for (var session = 0; session < Sessions; session++)
        {
            var open = _first.AddDays((session / 5 * 7) + (session % 5)).ToDateTime(new TimeOnly(14, 30), DateTimeKind.Utc);
            for (var minute = 1; minute <= MinutesOfSession; minute++)
            {
                var close = price * (1 + ((random.NextUniform() - 0.5) * 0.001));
                var bar = new Bar(
                    open.AddMinutes(minute), price, Math.Max(price, close), Math.Min(price, close), close, 100 + minute);
                bars.Add(new InstrumentBar(ids[number], bar, BarSource.Simulated));
                price = close;
            }
        }

        return bars;
    }
}
