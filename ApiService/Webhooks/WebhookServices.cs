using Trading.ApiService.Auth;
using Trading.ApiService.Telemetry;
using Trading.Contracts;
using Trading.Data.Webhooks;
using Trading.ServiceDefaults.Outbound;

namespace Trading.ApiService.Webhooks;

internal static class WebhookServices
{
    public static IHostApplicationBuilder AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.AddOutboundGuard();
        builder.Services.AddOptions<WebhookOptions>()
            .BindConfiguration(WebhookOptions.Section)
            .Validate(options => options.IsValid, "Webhooks: a period, a wait or a number is out of its range.")
            .ValidateOnStart();
        builder.Services.AddSingleton<WebhookStore>();
        builder.Services.AddSingleton<DeliveryStore>();
        builder.Services.AddSingleton<DeliveryQueue>();
        builder.Services.AddSingleton<WebhookSecrets>();
        builder.Services.AddSingleton<WebhookMetrics>();
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddHostedService<WebhookDispatcher>();
        return builder;
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/webhooks").WithTags("Webhooks")
            .RequireAuthorization(Policies.Viewer).OpenToKeys(Scopes.Webhooks);
        webhooks.MapSubscriptions();
        webhooks.MapDeliveries();
    }
}
