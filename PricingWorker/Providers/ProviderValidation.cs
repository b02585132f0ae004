using Microsoft.Extensions.Options;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers;

/// <summary>Finds every mistake in the section <c>Providers</c>.</summary>
internal sealed class ProviderValidation : IValidateOptions<ProviderOptions>
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ProviderOptions options)
    {
        string[] mistakes =
        [
            .. AssetClasses.All.SelectMany(assetClass => Order(assetClass, options)),
            .. from entry in ProviderOrder.Split(options.Watch)
               where !WatchedInstrument.TryParse(entry, out _)
               select $"Providers:Watch: {entry} is no TICKER@EXCHANGE or TICKER@EXCHANGE:CURRENCY with an exchange of "
                   + $"{string.Join(", ", Exchange.All.Select(exchange => exchange.Code))}.",
            .. Within("PollEvery", options.PollEvery, TimeSpan.FromSeconds(1), _day),
            .. Within("StaleAfter", options.StaleAfter, TimeSpan.FromSeconds(1), _day),
            .. Within("HistoryYears", options.HistoryYears, 1, 100),
            .. Http("Yahoo", options.Yahoo), .. Http("Binance", options.Binance),
            .. Http("Stooq", options.Stooq), .. Http("Ecb", options.Ecb),
            .. Address("Yahoo:CookieUrl", options.Yahoo.CookieUrl, "http"),
            .. Within("Yahoo:BatchSize", options.Yahoo.BatchSize, 1, 200),
            .. Address("Binance:StreamUrl", options.Binance.StreamUrl, "ws"),
            .. Within("Binance:Silence", options.Binance.Silence, TimeSpan.FromSeconds(0.1), _day),
            .. Within("Stooq:RawDays", options.Stooq.RawDays, 0, 36_500),
            .. Within("Ecb:KeepFor", options.Ecb.KeepFor, TimeSpan.Zero, 7 * _day),
        ];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Order(AssetClass assetClass, ProviderOptions options)
    {
        var names = new List<ProviderName>();
        foreach (var text in ProviderOrder.Split(options.OrderText(assetClass)))
        {
            if (!ProviderOrder.TryParse(text, out var name))
            {
                yield return $"Providers:{assetClass}: there is no provider {text}; there are "
                    + $"{string.Join(", ", Enum.GetNames<ProviderName>())}.";
            }
            else if (names.Contains(name))
            {
                yield return $"Providers:{assetClass}: {name} is named twice.";
            }
            else
            {
                names.Add(name);
            }
        }

        foreach (var name in names.Where(name => !Has(name, assetClass)))
        {
            yield return $"Providers:{assetClass}: {name} has no such instruments.";
        }

        if (names.Count > 1 && names.Any(name => name.IsSynthetic()))
        {
            yield return $"Providers:{assetClass}: made-up prices stand alone, they never stand in for others.";
        }

        if (names.Contains(ProviderName.Csv) && !Directory.Exists(options.Csv.Folder))
        {
            yield return $"Providers:Csv:Folder: there is no such folder, and Providers:{assetClass} wants it.";
        }
    }

    private static bool Has(ProviderName name, AssetClass assetClass) => (name, assetClass) switch
    {
        (ProviderName.Ecb, not AssetClass.Currency) => false,
        (ProviderName.Binance, not AssetClass.Crypto) => false,
        (ProviderName.Stooq, AssetClass.Crypto) => false,
        _ => true,
    };

    private static IEnumerable<string> Http(string name, HttpProviderOptions options) =>
    [
        .. Address($"{name}:Url", options.Url, "http"),
        .. Within($"{name}:RequestsPerSecond", options.RequestsPerSecond, 0.001, 1000),
        .. Within($"{name}:Burst", options.Burst, 1, 10_000),
        .. Within($"{name}:AtOnce", options.AtOnce, 1, 256),
        .. Within($"{name}:Timeout", options.Timeout, TimeSpan.FromSeconds(0.01), TimeSpan.FromMinutes(10)),
        .. Within($"{name}:TotalTimeout", options.TotalTimeout, options.Timeout, TimeSpan.FromHours(1)),
        .. Within($"{name}:Retries", options.Retries, 0, 10),
        .. Within($"{name}:FirstDelay", options.FirstDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        .. Within($"{name}:BreakAfter", options.BreakAfter, 1, 1000),
        .. Within($"{name}:BreakFor", options.BreakFor, TimeSpan.FromSeconds(0.5), _day),
        .. Within($"{name}:MaxBodyBytes", options.MaxBodyBytes, 1024, 1L << 30),
        .. Within($"{name}:LateAfter", options.LateAfter, TimeSpan.FromSeconds(1), 365 * _day),
    ];

    private static IEnumerable<string> Within<T>(string key, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? []
            : [FormattableString.Invariant($"Providers:{key}: {value} is not from {least} to {most}.")];

    private static IEnumerable<string> Address(string key, Uri address, string scheme) =>
        address.IsAbsoluteUri && (address.Scheme == scheme || address.Scheme == $"{scheme}s")
            ? []
            : [$"Providers:{key}: {address} is no address of {scheme} or {scheme}s."];
}
