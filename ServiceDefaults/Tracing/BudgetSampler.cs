using OpenTelemetry.Trace;

namespace Trading.ServiceDefaults.Tracing;

/// <summary>
/// Decides which traces go over OTLP: those that <see cref="TraceBudget"/> lets begin. What is not traced keeps its
/// trace id, for logs and errors.
/// </summary>
/// <param name="budget">How many may begin.</param>
internal sealed class BudgetSampler(TraceBudget budget) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(budget.TryBegin() ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}
