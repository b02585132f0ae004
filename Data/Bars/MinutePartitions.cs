using System.Collections.Concurrent;
using Npgsql;

namespace Trading.Data.Bars;

/// <summary>Creates the month's partition before the first bar of the month arrives.</summary>
internal sealed class MinutePartitions(NpgsqlDataSource dataSource)
{
    private readonly ConcurrentDictionary<DateTime, bool> _known = new();

    public async Task EnsureAsync(IReadOnlyList<InstrumentBar> bars, CancellationToken cancellationToken)
    {
        var last = DateTime.MinValue;
        foreach (var bar in bars)
        {
            var month = MonthOf(bar.Bar.Time);
            if (month != last && !_known.ContainsKey(month))
            {
                await CreateAsync(month, cancellationToken);
            }

            last = month;
        }
    }

    private async Task CreateAsync(DateTime month, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT ensure_minute_bars_partition($1)");
        command.Parameters.Add(new() { Value = month });
        await command.ExecuteNonQueryAsync(cancellationToken);
        _known.TryAdd(month, true);
    }

    private static DateTime MonthOf(DateTime time) => new(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc);
}
