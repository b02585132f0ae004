using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Webhooks of the caller.</content>
public sealed partial class TradingClient
{
    private const string WebhooksPath = "api/v1/webhooks";

    /// <summary>The caller's webhooks, newest first.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<WebhookResponse>> ListWebhooksAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath(WebhooksPath), Json.Default.IReadOnlyListWebhookResponse, cancellationToken);

    /// <summary>One webhook.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<WebhookResponse> GetWebhookAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Webhook(id), Json.Default.WebhookResponse, cancellationToken);

    /// <summary>A new webhook; its secret is in this answer alone.</summary>
    /// <param name="request">Where to send what.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException">
    /// <see cref="ErrorCodes.ValidationFailed"/>, <see cref="ErrorCodes.TooMany"/>.
    /// </exception>
    public Task<WebhookSecretResponse> CreateWebhookAsync(
        WebhookRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(WebhooksPath),
        Body(request, Json.Default.WebhookRequest),
        Json.Default.WebhookSecretResponse,
        cancellationToken);

    /// <summary>Changes a webhook.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="change">What changes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<WebhookResponse> ChangeWebhookAsync(
        Guid id, WebhookChangeRequest change, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Patch,
        Webhook(id),
        Body(change, Json.Default.WebhookChangeRequest),
        Json.Default.WebhookResponse,
        cancellationToken);

    /// <summary>Removes a webhook and what is known of its deliveries.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task DeleteWebhookAsync(Guid id, CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Delete, Webhook(id), null, cancellationToken);

    /// <summary>Replaces a webhook's secret; the one so far signs too for 24 hours.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<WebhookSecretResponse> RotateWebhookSecretAsync(
        Guid id, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post, Webhook(id).Under("secret"), null, Json.Default.WebhookSecretResponse, cancellationToken);

    /// <summary>Sends a <c>ping</c>; the delivery shows what came of it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.WebhookPaused"/> while it is paused.</exception>
    public Task<WebhookDeliveryResponse> TestWebhookAsync(Guid id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, Webhook(id).Under("test"), null, Json.Default.WebhookDeliveryResponse, cancellationToken);

    /// <summary>One page of what was sent to a webhook, newest first.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cursor">The cursor of the page before; null for the first.</param>
    /// <param name="limit">Deliveries on a page, 1 to 500; null for 50.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<WebhookDeliveryResponse>> ListWebhookDeliveriesAsync(
        Guid id, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) => GetAsync(
        Webhook(id).Under("deliveries").With("cursor", cursor).With("limit", limit),
        Json.Default.PageWebhookDeliveryResponse,
        cancellationToken);

    /// <summary>Sends a delivery that was given up again.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <param name="delivery">The delivery's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException">
    /// <see cref="ErrorCodes.NotDead"/> where it was not given up, <see cref="ErrorCodes.WebhookPaused"/>.
    /// </exception>
    public Task<WebhookDeliveryResponse> ReplayWebhookDeliveryAsync(
        Guid id, Guid delivery, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        Webhook(id).Under("deliveries").Under(delivery.ToString()).Under("replay"),
        null,
        Json.Default.WebhookDeliveryResponse,
        cancellationToken);

    private static RequestPath Webhook(Guid id) => new RequestPath(WebhooksPath).Under(id.ToString());
}
