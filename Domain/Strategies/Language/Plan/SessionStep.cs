namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>The day that each bar is in. A bar that closes at midnight is of the day that ends.</summary>
internal sealed class SessionStep(int result) : PlanStep
{
    public override void Run(PlanRun run)
    {
        var times = run.History.Times.Span;
        var into = run.Write(result).Span;
        for (var bar = 0; bar < into.Length; bar++)
        {
            into[bar] = (times[bar].Ticks - 1) / TimeSpan.TicksPerDay;
        }
    }
}
