using Trading.ApiService.Auth;
using Trading.Contracts;
using Trading.Data.Experiments;

namespace Trading.ApiService.Experiments;

internal static class ExperimentServices
{
    public static void AddExperiments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ExperimentOptions>()
            .BindConfiguration(ExperimentOptions.Section)
            .Validate(options => options is { MaxWork: > 0, MaxKept: > 0 }, "Experiments: a size is not above zero.")
            .ValidateOnStart();
        builder.Services.AddSingleton<ExperimentStore>();
        builder.Services.AddSingleton<ExperimentRunner>();
        builder.Services.AddSingleton<ExperimentReading>();
        builder.Services.AddSingleton<ExperimentDesk>();
    }

    public static void MapExperiments(this IEndpointRouteBuilder routes)
    {
        var experiments = routes.MapGroup("/experiments")
            .WithTags("Experiments").RequireAuthorization(Policies.Viewer).OpenToKeys(Scopes.Experiments);
        experiments.MapWriting();
        experiments.MapReading();
    }
}
