using Npgsql;
using NpgsqlTypes;
using Trading.Data.Bars;
using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>Reads what signals are made of.</summary>
internal sealed class SignalSource(NpgsqlDataSource database)
{
    /// <summary>
    /// Bars read to follow the newest: more would change no value by more than 1e-9 (the slowest average is an EMA of
    /// 50), and results of the past are of the last <see cref="SignalBacktest.Bars"/>.
    /// </summary>
    public const int TailBars = 600;

    private const string Selected = "time, open, high, low, close, volume";

    private const string NewestBefore =
        $"SELECT asked.id, newest.* FROM unnest($1) AS asked (id) CROSS JOIN LATERAL (SELECT {Selected} FROM ";

    private const string NewestAfter =
        " WHERE instrument_id = asked.id AND time <= $2 ORDER BY time DESC LIMIT $3) AS newest";

    /// <summary>
    /// The instruments that have a closed bar beyond what was followed, or have none and a signal that has lapsed; all
    /// or some of them.
    /// </summary>
    public async Task<List<DueInstrument>> FindDueAsync(
        BarInterval interval, int[]? instruments, DateTime until, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT instruments.id, ticker, exchange, progress.bar_time, newest.time, late.time, late.expiry_bars
            FROM instruments
            LEFT JOIN signal_progress AS progress
                ON progress.instrument_id = instruments.id AND progress.interval = $1
            CROSS JOIN LATERAL (
                SELECT time FROM {BarTable.Of(interval)} WHERE instrument_id = instruments.id AND time <= $2
                ORDER BY time DESC LIMIT 1
            ) AS newest
            LEFT JOIN signals AS late ON late.instrument_id = instruments.id AND late.interval = $1
                AND late.state = 0 AND late.expires_at < $4
            WHERE ($3::int[] IS NULL OR instruments.id = ANY ($3))
                AND (progress.bar_time IS NULL OR newest.time > progress.bar_time OR late.id IS NOT NULL)
            ORDER BY instruments.id
            """);
        command.Parameters.Add(new() { Value = interval.Code });
        command.Parameters.Add(new() { Value = LastClose(interval, until) });
        command.Parameters.Add(new()
        {
            Value = instruments ?? (object)DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer,
        });
        command.Parameters.Add(new() { Value = until });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<DueInstrument>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (DueOf(reader, interval, until) is { } instrument)
            {
                due.Add(instrument);
            }
        }

        return due;
    }

    /// <summary>How many bars a history has to have for all since an instant to be followed as they usually are.</summary>
    public async Task<int> CountSinceAsync(
        BarInterval interval, int instrument, DateTime since, DateTime until, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT count(*) FROM {BarTable.Of(interval)} WHERE instrument_id = $1 AND time >= $2 AND time <= $3");
        command.Parameters.Add(new() { Value = instrument });
        command.Parameters.Add(new() { Value = since });
        command.Parameters.Add(new() { Value = until });
        var stored = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        return TailBars + (int)(IsStored(interval) ? stored : (stored / MinutesOf(interval)) + 1);
    }

    /// <summary>The newest closed bars of instruments, each at most so many.</summary>
    public async Task<Dictionary<int, PriceColumns>> ReadBarsAsync(
        BarInterval interval, int[] instruments, int most, DateTime until, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command =
            IsStored(interval) ? StoredCommand(connection, interval) : BuiltCommand(connection);
        command.Parameters.Add(new() { Value = instruments });
        command.Parameters.Add(new() { Value = LastClose(interval, until) });
        command.Parameters.Add(new() { Value = IsStored(interval) ? most : most * MinutesOf(interval) });
        if (!IsStored(interval))
        {
            command.Parameters.Add(new() { Value = interval.Length });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, most, cancellationToken);
    }

    public async Task<Dictionary<int, ActiveRow>> ReadActiveAsync(
        BarInterval interval, int[] instruments, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT instrument_id, id, time, direction, entry, target, stop, expiry_bars, atr FROM signals
            WHERE state = 0 AND interval = $1 AND instrument_id = ANY ($2)
            """);
        command.Parameters.Add(new() { Value = interval.Code });
        command.Parameters.Add(new() { Value = instruments });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var active = new Dictionary<int, ActiveRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var plan = new SignalPlan(
                (SignalDirection)reader.GetInt16(3),
                reader.GetDouble(4),
                reader.GetDouble(5),
                reader.GetDouble(6),
                reader.GetInt32(7));
            active.Add(
                reader.GetInt32(0),
                new ActiveRow(reader.GetGuid(1), new ActiveSignal(reader.GetDateTime(2), plan, reader.GetDouble(8))));
        }

        return active;
    }

    private static DueInstrument? DueOf(NpgsqlDataReader row, BarInterval interval, DateTime until)
    {
        DateTime? followed = row.IsDBNull(3) ? null : row.GetDateTime(3);
        var due = new DueInstrument(row.GetInt32(0), row.GetString(1), row.GetString(2), followed, row.GetDateTime(4));
        return due.HasNewBars ? due
            : SignalWindow.LapseOf(row.GetDateTime(5), interval, row.GetInt32(6), due.Listed) < until
                ? due with { Newest = followed!.Value }
                : null;
    }

    private static bool IsStored(BarInterval interval) => interval.IsDaily || interval == BarInterval.OneMinute;

    private static int MinutesOf(BarInterval interval) => (int)interval.Length.TotalMinutes;

    /// <summary>Bars built of minutes close with the interval; those of days and minutes have their own times.</summary>
    private static DateTime LastClose(BarInterval interval, DateTime until) => IsStored(interval)
        ? until
        : new DateTime(until.Ticks - (until.Ticks % interval.Length.Ticks), DateTimeKind.Utc);

    // Newest first, as the primary key is walked backwards; the columns are turned around.
    private static NpgsqlCommand StoredCommand(NpgsqlConnection connection, BarInterval interval) => interval.IsDaily
        ? new NpgsqlCommand(NewestBefore + BarTable.Daily + NewestAfter, connection)
        : new NpgsqlCommand(NewestBefore + BarTable.Minute + NewestAfter, connection);

    private static NpgsqlCommand BuiltCommand(NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(
            $"""
            SELECT asked.id, built.* FROM unnest($1) AS asked (id) CROSS JOIN LATERAL (
                SELECT date_bin($4, time - interval '1 microsecond', '2000-01-01Z'::timestamptz) + $4 AS closing,
                       (array_agg(open ORDER BY time))[1], max(high), min(low),
                       (array_agg(close ORDER BY time DESC))[1], sum(volume)
                FROM (
                    SELECT {Selected} FROM minute_bars WHERE instrument_id = asked.id AND time <= $2
                    ORDER BY time DESC LIMIT $3
                ) AS minutes
                GROUP BY closing ORDER BY closing DESC
            ) AS built
            """,
            connection);
        return command;
    }

    private static async Task<Dictionary<int, PriceColumns>> ReadAsync(
        NpgsqlDataReader reader, int most, CancellationToken cancellationToken)
    {
        var histories = new Dictionary<int, PriceColumns>();
        var columns = new NewestFirst(most);
        var current = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            var instrument = reader.GetInt32(0);
            if (instrument != current && columns.Count > 0)
            {
                histories.Add(current, columns.Take());
            }

            current = instrument;
            columns.Add(reader);
        }

        if (columns.Count > 0)
        {
            histories.Add(current, columns.Take());
        }

        return histories;
    }

    /// <summary>Columns that fill from their end.</summary>
    private sealed class NewestFirst(int most)
    {
        private const int FirstLength = 1024;

        private DateTime[] _times = new DateTime[Math.Min(most, FirstLength)];
        private double[][] _columns = NewColumns(Math.Min(most, FirstLength));

        public int Count { get; private set; }

        public void Add(NpgsqlDataReader row)
        {
            if (Count == _times.Length)
            {
                Grow();
            }

            var place = _times.Length - ++Count;
            _times[place] = row.GetDateTime(1);
            for (var column = 0; column < _columns.Length; column++)
            {
                _columns[column][place] = row.GetDouble(column + 2);
            }
        }

        public PriceColumns Take()
        {
            var filled = (_times.Length - Count).._times.Length;
            var bars = new PriceColumns(
                _times[filled],
                _columns[0][filled],
                _columns[1][filled],
                _columns[2][filled],
                _columns[3][filled],
                _columns[4][filled]);
            Count = 0;
            return bars;
        }

        private static double[][] NewColumns(int length) =>
            [new double[length], new double[length], new double[length], new double[length], new double[length]];

        private void Grow()
        {
            var (times, columns) = (new DateTime[2 * Count], NewColumns(2 * Count));
            _times.CopyTo(times, Count);
            for (var column = 0; column < columns.Length; column++)
            {
                _columns[column].CopyTo(columns[column], Count);
            }

            (_times, _columns) = (times, columns);
        }
    }
}

/// <summary>The active signal of an instrument.</summary>
internal sealed record ActiveRow(Guid Id, ActiveSignal Signal);
