namespace Trading.Data.Accounts;

/// <summary>A key of ASP.NET Core's data protection, shared by all replicas.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; init; }

    public required string Name { get; init; }

    public required string Xml { get; init; }
}
