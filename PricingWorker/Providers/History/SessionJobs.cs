using System.Text.Json;
using Trading.Data.Jobs;
using Trading.Domain.Market;
using Trading.PricingWorker.Jobs;

namespace Trading.PricingWorker.Providers.History;

/// <summary>Fetches the sessions that are over and missing, of one exchange or of all.</summary>
internal sealed class SessionJobs(HistoryFetch fetch, JobQueue queue) : IJobHandler
{
    public const string JobKind = "fetch_sessions";

    private const string ExchangeField = "exchange";

    public string Kind => JobKind;

    public JobLane Lane => JobLane.Upkeep;

    public static string PayloadOf(Exchange exchange) => $$"""{"{{ExchangeField}}":"{{exchange.Code}}"}""";

    public async Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        await fetch.RunAsync(ExchangeOf(job), job, progress, cancellationToken);
        await queue.CompleteAsync(job, cancellationToken);
    }

    private static Exchange? ExchangeOf(ClaimedJob job)
    {
        using var payload = JsonDocument.Parse(job.Payload);
        if (!payload.RootElement.TryGetProperty(ExchangeField, out var code))
        {
            return null;
        }

        return Exchange.TryFind(code.GetString(), out var exchange)
            ? exchange
            : throw new JobRefusedException($"There is no exchange {code}.");
    }
}
