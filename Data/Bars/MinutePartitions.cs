using System.Collections.Concurrent;
using Npgsql;

namespace Trading.Data.Bars;

/// <summary>
/// The partitions of intraday bars, one for each month. Rows of a month that has none land in the default one and move
/// when it is made.
/// </summary>
public sealed class MinutePartitions(NpgsqlDataSource dataSource)
{
    private readonly ConcurrentDictionary<DateTime, bool> _known = new();

    /// <summary>Makes the partitions of a month and of some that follow it.</summary>
    public async Task MakeAheadAsync(DateTime utc, int months, CancellationToken cancellationToken)
    {
        var first = MonthOf(utc);
        for (var ahead = 0; ahead <= months; ahead++)
        {
            await CreateAsync(first.AddMonths(ahead), cancellationToken);
        }
    }

    /// <summary>Makes the partition of every month that has rows in the default one, which they leave.</summary>
    /// <returns>How many months that were.</returns>
    public async Task<int> EmptyDefaultAsync(CancellationToken cancellationToken)
    {
        var months = 0;
        while (await FirstInDefaultAsync(cancellationToken) is { } time)
        {
            await CreateAsync(MonthOf(time), cancellationToken);
            months++;
        }

        return months;
    }

    /// <summary>Makes the partitions of the bars' months, before those arrive.</summary>
    internal async Task EnsureAsync(IReadOnlyList<InstrumentBar> bars, CancellationToken cancellationToken)
    {
        var last = DateTime.MinValue;
        foreach (var bar in bars)
        {
            var month = MonthOf(bar.Bar.Time);
            if (month != last && !_known.ContainsKey(month))
            {
                await CreateAsync(month, cancellationToken);
                _known.TryAdd(month, true);
            }

            last = month;
        }
    }

    private async Task CreateAsync(DateTime month, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT ensure_minute_bars_partition($1)");
        command.Parameters.Add(new() { Value = month });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<DateTime?> FirstInDefaultAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT time FROM minute_bars_default LIMIT 1");
        return await command.ExecuteScalarAsync(cancellationToken) as DateTime?;
    }

    internal static DateTime MonthOf(DateTime time) => new(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc);
}
