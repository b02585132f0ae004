using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>The users' stream.</content>
public sealed partial class TradingClient
{
    /// <summary>A ticket that opens one WebSocket of the users' stream; programs can send their token instead.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<StreamTicketResponse> CreateStreamTicketAsync(CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post, new RequestPath("api/v1/ws/ticket"), null, Json.Default.StreamTicketResponse, cancellationToken);
}
