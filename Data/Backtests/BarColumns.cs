using Npgsql;
using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.Data.Backtests;

/// <summary>Reads the bars of many instruments at once, as columns.</summary>
public sealed class BarColumns(NpgsqlDataSource database)
{
    private const string Selected = "instrument_id, time, open, high, low, close, volume, source";

    /// <summary>The bars of a range; instruments without any are missing.</summary>
    /// <param name="instruments">Their ids.</param>
    /// <param name="interval">The interval; what is not stored is built from minutes.</param>
    /// <param name="from">The first bar closes then or later.</param>
    /// <param name="to">The last bar closes then or earlier.</param>
    /// <param name="most">More bars than this are not read: null is returned.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyDictionary<int, LoadedBars>?> ReadAsync(
        int[] instruments, BarInterval interval, DateTime from, DateTime to, long most, CancellationToken cancellationToken)
    {
        await using var command = Command(instruments, interval, new BarRange(from, to, null));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var loaded = new Dictionary<int, LoadedBars>();
        var columns = new ColumnsBuilder();
        var (current, count) = (-1, 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (++count > most)
            {
                return null;
            }

            var instrument = reader.GetInt32(0);
            if (instrument != current && columns.Count > 0)
            {
                loaded.Add(current, columns.Take());
            }

            current = instrument;
            columns.Add(reader);
        }

        if (columns.Count > 0)
        {
            loaded.Add(current, columns.Take());
        }

        return loaded;
    }

    /// <summary>The close of the bar so many bars before a time, of the instrument that goes back furthest.</summary>
    public async Task<DateTime> StepBackAsync(
        int[] instruments, BarInterval interval, DateTime from, int bars, CancellationToken cancellationToken)
    {
        var step = interval.IsDaily ? 1 : (long)interval.Length.TotalMinutes;
        await using var command = database.CreateCommand(
            $"""
            SELECT min(start.time) FROM unnest($1) AS asked (id) CROSS JOIN LATERAL (
                SELECT min(time) AS time FROM (
                    SELECT time FROM {BarTable.Of(interval)} WHERE instrument_id = asked.id AND time < $2
                    ORDER BY time DESC LIMIT $3) AS newest) AS start
            """);
        command.Parameters.Add(new() { Value = instruments });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = bars * step });
        return await command.ExecuteScalarAsync(cancellationToken) as DateTime? ?? from;
    }

    private NpgsqlCommand Command(int[] instruments, BarInterval interval, BarRange range)
    {
        var command = interval.IsDaily || interval == BarInterval.OneMinute
            ? Stored(interval)
            : Built();
        command.Parameters.Add(new() { Value = instruments });
        if (interval.IsDaily || interval == BarInterval.OneMinute)
        {
            command.Parameters.Add(new() { Value = range.Earliest });
            command.Parameters.Add(new() { Value = range.Latest });
            return command;
        }

        var minutes = range.OfMinutes(interval.Length);
        command.Parameters.Add(new() { Value = minutes.Previous });
        command.Parameters.Add(new() { Value = minutes.Latest });
        command.Parameters.Add(new() { Value = interval.Length });
        return command;
    }

    private NpgsqlCommand Stored(BarInterval interval) => database.CreateCommand(
        $"""
        SELECT {Selected} FROM {BarTable.Of(interval)}
        WHERE instrument_id = ANY ($1) AND time >= $2 AND time <= $3 ORDER BY instrument_id, time
        """);

    // As one instrument's bars are built; where any minute is synthetic the bar is.
    private NpgsqlCommand Built() => database.CreateCommand(
        $"""
        SELECT instrument_id, closing, (array_agg(open ORDER BY time))[1], max(high), min(low),
               (array_agg(close ORDER BY time DESC))[1], sum(volume), max(source)
        FROM (
            SELECT {Selected},
                   date_bin($4, time - interval '1 microsecond', '2000-01-01Z'::timestamptz) + $4 AS closing
            FROM minute_bars WHERE instrument_id = ANY ($1) AND time > $2 AND time <= $3
        ) AS minutes
        GROUP BY instrument_id, closing ORDER BY instrument_id, closing
        """);

    private sealed class ColumnsBuilder
    {
        private readonly List<DateTime> _times = [];
        private readonly List<double>[] _columns = [[], [], [], [], []];
        private bool _synthetic;

        public int Count => _times.Count;

        public void Add(NpgsqlDataReader row)
        {
            _times.Add(row.GetDateTime(1));
            for (var column = 0; column < _columns.Length; column++)
            {
                _columns[column].Add(row.GetDouble(column + 2));
            }

            _synthetic |= ((BarSource)row.GetInt16(7)).IsSynthetic();
        }

        public LoadedBars Take()
        {
            var loaded = new LoadedBars(
                [.. _times], [.. _columns[0]], [.. _columns[1]], [.. _columns[2]], [.. _columns[3]], [.. _columns[4]], _synthetic);
            _times.Clear();
            _synthetic = false;
            foreach (var column in _columns)
            {
                column.Clear();
            }

            return loaded;
        }
    }
}

/// <summary>The bars of one instrument as they are stored.</summary>
public sealed record LoadedBars(
    DateTime[] Times, double[] Open, double[] High, double[] Low, double[] Close, double[] Volume, bool Synthetic)
    : PriceColumns(Times, Open, High, Low, Close, Volume);
