using Npgsql;

namespace Trading.Data;

/// <summary>Opens the database with settings that suit several services on one server.</summary>
public static class TradingDataSource
{
    // PostgreSQL allows 100 connections by default; three services of 30 leave room for psql and migrations.
    private const int MaxPoolSize = 30;
    private const int NpgsqlDefaultPoolSize = 100;

    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxPoolSize == NpgsqlDefaultPoolSize)
        {
            settings.MaxPoolSize = MaxPoolSize;
        }

        settings.ApplicationName ??= AppDomain.CurrentDomain.FriendlyName;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // Metrics are labelled with it, otherwise with the whole connection string.
        builder.Name = settings.Database;
        return builder.Build();
    }
}
