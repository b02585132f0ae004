using Microsoft.Extensions.Options;
using Trading.Domain.Market;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Providers;

/// <summary>Who is asked first for a class of instruments, and who next.</summary>
internal sealed class ProviderOrder(IOptions<ProviderOptions> providers, IOptions<QuoteOptions> quotes)
{
    public IReadOnlyList<ProviderName> Of(AssetClass assetClass)
    {
        var names = Split(providers.Value.OrderText(assetClass)).Select(Parse).ToList();
        return names.Count > 0 ? names : [Default];
    }

    private ProviderName Default =>
        quotes.Value.Source == QuoteSourceKind.Replay ? ProviderName.Replay : ProviderName.Simulated;

    public static string[] Split(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static ProviderName Parse(string name) => TryParse(name, out var parsed)
        ? parsed
        : throw new ArgumentException($"There is no provider {name}.", nameof(name));

    public static bool TryParse(string name, out ProviderName parsed) =>
        Enum.TryParse(name, ignoreCase: true, out parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(name[0]);
}
