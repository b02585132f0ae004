using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Schedules, jobs and backfills.</content>
public sealed partial class TradingClient
{
    private const string BackfillsPath = "api/v1/backfills";

    /// <summary>What the workers do by the clock, and what waits or runs now. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<JobsResponse> GetJobsAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath("api/v1/jobs"), Json.Default.JobsResponse, cancellationToken);

    /// <summary>Runs a schedule now, beside its times. Admins only.</summary>
    /// <param name="name">The schedule's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException">
    /// <see cref="ErrorCodes.NotFound"/>, <see cref="ErrorCodes.AlreadyRunning"/>.
    /// </exception>
    public Task<JobResponse> RunJobAsync(string name, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath("api/v1/jobs").Under(name).Under("run"),
        null,
        Json.Default.JobResponse,
        cancellationToken);

    /// <summary>One page of the backfills, newest first. Admins only.</summary>
    /// <param name="cursor">The cursor of the page before; null for the first.</param>
    /// <param name="limit">Items on a page, 1 to 200; null for 50.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<BackfillResponse>> ListBackfillsAsync(
        string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(BackfillsPath).With("cursor", cursor).With("limit", limit),
        Json.Default.PageBackfillResponse,
        cancellationToken);

    /// <summary>One backfill. Admins only.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<BackfillResponse> GetBackfillAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath(BackfillsPath).Under(id.ToString()), Json.Default.BackfillResponse, cancellationToken);

    /// <summary>Has sessions fetched from the providers anew. Admins only.</summary>
    /// <param name="request">Of which instruments, and which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.ValidationFailed"/>.</exception>
    public Task<BackfillResponse> StartBackfillAsync(
        BackfillRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(BackfillsPath),
        Body(request, Json.Default.BackfillRequest),
        Json.Default.BackfillResponse,
        cancellationToken);

    /// <summary>Ends a backfill; what it has stored stays. Admins only.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.NotRunning"/> where it is over.</exception>
    public Task<BackfillResponse> CancelBackfillAsync(Guid id, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Post,
            new RequestPath(BackfillsPath).Under(id.ToString()).Under("cancel"),
            null,
            Json.Default.BackfillResponse,
            cancellationToken);
}
