using Trading.Data.Currencies;

namespace Trading.ApiService.Currencies;

internal static class CurrencyServices
{
    public static IHostApplicationBuilder AddCurrencies(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CurrencyOptions>().BindConfiguration(CurrencyOptions.Section)
            .Validate(options => options.MaxCarriedDays is >= 0 and <= 31, "Currencies:MaxCarriedDays: 0 to 31.")
            .ValidateOnStart();
        builder.Services.AddSingleton<RateStore>();
        return builder;
    }
}
