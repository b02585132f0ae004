namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>The distances of stops, or targets: above zero and finite, or NaN.</summary>
internal sealed class DistanceStep(StepSource distance, bool isOfClose, bool isStop) : PlanStep
{
    public override void Run(PlanRun run)
    {
        var distances = new double[run.Count];
        Fill(run, distances);
        foreach (ref var value in distances.AsSpan())
        {
            value = value > 0 && double.IsFinite(value) ? value : double.NaN;
        }

        if (isStop)
        {
            run.StopDistance = distances;
        }
        else
        {
            run.TargetDistance = distances;
        }
    }

    private void Fill(PlanRun run, double[] distances)
    {
        if (!distance.IsConstant)
        {
            run.Read(distance.Index).Span.CopyTo(distances);
            return;
        }

        var constant = run.ConstantAt(distance.Index);
        if (!isOfClose)
        {
            distances.AsSpan().Fill(constant);
            return;
        }

        var close = run.History.Close.Span;
        for (var bar = 0; bar < distances.Length; bar++)
        {
            distances[bar] = constant * close[bar];
        }
    }
}
