using Npgsql;

namespace Trading.Data.Changes;

/// <summary>
/// What PostgreSQL tells that listen of changes, by triggers: part of the change's transaction, heard when that is
/// committed, and not at all where it is not.
/// </summary>
public static class DataChange
{
    /// <summary>The channel of PostgreSQL.</summary>
    public const string Channel = "data_changed";

    public const string Instruments = "instruments";

    /// <summary>Bars of the past: an import, a provider's history, a backfill; or the first of a new session.</summary>
    public const string Bars = "bars";

    /// <summary>Bars of now, as quotes come in.</summary>
    public const string LiveBars = "bars.live";

    public const string Actions = "actions";

    public const string Signals = "signals";

    /// <summary>What the rest of a transaction is told to change, in place of what its tables say.</summary>
    public static async Task SayAsync(NpgsqlConnection connection, string what, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT set_config('trading.change', $1, true)", connection);
        command.Parameters.Add(new() { Value = what });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
