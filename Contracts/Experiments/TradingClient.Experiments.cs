using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Experiments of the caller.</content>
public sealed partial class TradingClient
{
    private const string ExperimentsPath = "api/v1/experiments";

    /// <summary>Begins an experiment: only bars that open from now on count.</summary>
    /// <param name="request">What to compare.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException">
    /// <see cref="ErrorCodes.ValidationFailed"/>, <see cref="ErrorCodes.NoBars"/>, <see cref="ErrorCodes.TooLarge"/>,
    /// <see cref="ErrorCodes.TooMany"/>.
    /// </exception>
    public Task<ExperimentResponse> StartExperimentAsync(
        ExperimentRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(ExperimentsPath),
        Body(request, Json.Default.ExperimentRequest),
        Json.Default.ExperimentResponse,
        cancellationToken);

    /// <summary>One page of the caller's experiments, newest first.</summary>
    /// <param name="cursor">The cursor of the page before; null for the first.</param>
    /// <param name="limit">Experiments on a page, 1 to 100; null for 20.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<ExperimentResponse>> ListExperimentsAsync(
        string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(ExperimentsPath).With("cursor", cursor).With("limit", limit),
        Json.Default.PageExperimentResponse,
        cancellationToken);

    /// <summary>One experiment, as it stands.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ExperimentResponse> GetExperimentAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Experiment(id), Json.Default.ExperimentResponse, cancellationToken);

    /// <summary>The course of an experiment: equity of all arms and their tests, bar by bar.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="most">How many bars at most, 2 to 5,000; null for 1,000. The last is always among them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ExperimentPointsResponse> GetExperimentPointsAsync(
        Guid id, int? most = null, CancellationToken cancellationToken = default) => GetAsync(
        Experiment(id).Under("points").With("most", most), Json.Default.ExperimentPointsResponse, cancellationToken);

    /// <summary>Ends an experiment that runs; what came of it stays.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.NotRunning"/> where it is over.</exception>
    public Task<ExperimentResponse> StopExperimentAsync(Guid id, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post, Experiment(id).Under("stop"), null, Json.Default.ExperimentResponse, cancellationToken);

    /// <summary>Removes an experiment with all that came of it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task DeleteExperimentAsync(Guid id, CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Delete, Experiment(id), null, cancellationToken);

    private static RequestPath Experiment(Guid id) => new RequestPath(ExperimentsPath).Under(id.ToString());
}
