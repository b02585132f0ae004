using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>Whether the left was at or below the right at the bar before, and is above it now.</summary>
internal sealed class CrossStep(StepSource left, StepSource right, bool isDenied, int result) : PlanStep
{
    public override void Run(PlanRun run)
    {
        var into = run.Write(result).Span;
        if (left.IsConstant)
        {
            Run(new ConstantReader(run.ConstantAt(left.Index)), ColumnOf(run, right), into);
        }
        else if (right.IsConstant)
        {
            Run(ColumnOf(run, left), new ConstantReader(run.ConstantAt(right.Index)), into);
        }
        else
        {
            Run(ColumnOf(run, left), ColumnOf(run, right), into);
        }
    }

    private static ColumnReader ColumnOf(PlanRun run, StepSource source) => new(run.Read(source.Index).Span);

    // Histories are short and many: the first run has to be as fast as the last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<TLeft, TRight>(TLeft left, TRight right, Span<double> result)
        where TLeft : struct, IReader, allows ref struct
        where TRight : struct, IReader, allows ref struct
    {
        if (result.IsEmpty)
        {
            return;
        }

        result[0] = 0;
        ref var into = ref MemoryMarshal.GetReference(result);
        var bar = 1;
        for (; bar <= result.Length - Vector256<double>.Count; bar += Vector256<double>.Count)
        {
            Cross(left.VectorAt(bar - 1), right.VectorAt(bar - 1), left.VectorAt(bar), right.VectorAt(bar))
                .StoreUnsafe(ref into, (nuint)bar);
        }

        for (; bar < result.Length; bar++)
        {
            result[bar] = Cross(
                Vector256.Create(left.At(bar - 1)),
                Vector256.Create(right.At(bar - 1)),
                Vector256.Create(left.At(bar)),
                Vector256.Create(right.At(bar)))[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Cross(
        Vector256<double> leftBefore, Vector256<double> rightBefore, Vector256<double> left, Vector256<double> right)
    {
        var isBelow = Vector256.LessThanOrEqual(leftBefore, rightBefore);
        var isAbove = Vector256.GreaterThan(left, right);
        return isDenied
            ? (isBelow & Vector256.LessThanOrEqual(left, right))
                | (Vector256.GreaterThan(leftBefore, rightBefore)
                    & (isAbove | Vector256.LessThanOrEqual(left, right)))
            : isBelow & isAbove;
    }
}
