using Microsoft.Extensions.DependencyInjection.Extensions;
using Trading.Data.CorporateActions;
using Trading.Data.Import;

namespace Trading.ApiService.Quality;

internal static class QualityServices
{
    public static IHostApplicationBuilder AddQuality(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ActionStore>();
        builder.Services.AddSingleton<RejectionStore>();
        builder.Services.AddSingleton<InstrumentValidation>();
        builder.Services.AddSingleton<QualityReports>();
        return builder;
    }
}
