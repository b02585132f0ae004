using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Jobs that were given up.</content>
public sealed partial class TradingClient
{
    private const string DeadLettersPath = "api/v1/dead-letters";

    /// <summary>One page of the jobs that were given up, newest first. Admins only.</summary>
    /// <param name="cursor">The cursor of the page before; null for the first.</param>
    /// <param name="limit">Items on a page, 1 to 500; null for 50.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<DeadLetterResponse>> ListDeadLettersAsync(
        string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(DeadLettersPath).With("cursor", cursor).With("limit", limit),
        Json.Default.PageDeadLetterResponse,
        cancellationToken);

    /// <summary>Has a job that was given up done again. Admins only.</summary>
    /// <param name="id">The dead letter's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ReplayDeadLetterAsync(Guid id, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Post,
        new RequestPath(DeadLettersPath).Under(id.ToString()).Under("replay"),
        null,
        cancellationToken);

    /// <summary>Removes a dead letter: its job will not be done. Admins only.</summary>
    /// <param name="id">The dead letter's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task DeleteDeadLetterAsync(Guid id, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Delete, new RequestPath(DeadLettersPath).Under(id.ToString()), null, cancellationToken);
}
