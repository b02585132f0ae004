using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Providers of prices.</content>
public sealed partial class TradingClient
{
    /// <summary>Where prices come from, and how those who give them are. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ProvidersResponse> GetProvidersAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath("api/v1/providers"), Json.Default.ProvidersResponse, cancellationToken);
}
