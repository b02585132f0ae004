namespace Trading.PricingWorker.Providers;

/// <summary>The record of each provider that is asked; those that make their prices up have none.</summary>
internal sealed class ProviderRecords(ProviderMetrics metrics, TimeProvider time)
{
    private readonly Dictionary<ProviderName, ProviderRecord> _records = Enum.GetValues<ProviderName>()
        .Where(name => !name.IsSynthetic())
        .ToDictionary(name => name, name => new ProviderRecord(name, metrics, time));

    public ProviderRecord Of(ProviderName name) => _records[name];

    public ProviderRecord? Find(ProviderName name) => _records.GetValueOrDefault(name);
}
