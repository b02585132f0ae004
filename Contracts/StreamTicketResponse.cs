namespace Trading.Contracts;

/// <summary>Opens one WebSocket of the users' stream, where a page cannot send headers.</summary>
/// <param name="Ticket">Its secret text; good once, at <c>/api/v1/ws?ticket=</c>.</param>
/// <param name="ExpiresAt">Until when, UTC: 30 seconds from now.</param>
public sealed record StreamTicketResponse(string Ticket, DateTime ExpiresAt);
