namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>A column as it was some bars before; undefined, or false, before the first.</summary>
internal sealed class PastStep(int source, int bars, bool isBoolean, int result) : PlanStep
{
    public override void Run(PlanRun run)
    {
        var into = run.Write(result).Span;
        var shift = (int)Math.Min(run.ConstantAt(bars), into.Length);
        into[..shift].Fill(isBoolean ? 0 : double.NaN);
        run.Read(source).Span[..^shift].CopyTo(into[shift..]);
    }
}
