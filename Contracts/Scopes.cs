namespace Trading.Contracts;

/// <summary>What an API key may be made for. Public reads need none; everything else is closed to a key without its scope.</summary>
public static class Scopes
{
    /// <summary>Reads the account, its sessions and keys.</summary>
    public const string AccountRead = "account:read";

    /// <summary>Keeps webhooks.</summary>
    public const string Webhooks = "webhooks";

    /// <summary>Reads signals, their results and anomalies.</summary>
    public const string SignalsRead = "signals:read";

    /// <summary>Runs backtests and reads their results.</summary>
    public const string Backtests = "backtests";

    /// <summary>Keeps experiments and reads how they stand.</summary>
    public const string Experiments = "experiments";

    /// <summary>Reads health, metrics, traces and errors; of an admin's key only.</summary>
    public const string MonitoringRead = "monitoring:read";

    /// <summary>Reads the audit trail; of an admin's key only.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>Reads, checks and writes strategies, as far as the roles go.</summary>
    public const string Strategies = "strategies";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AccountRead, Webhooks, SignalsRead, Backtests, Experiments, MonitoringRead, AuditRead, Strategies];
}
