using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>An operation on each bar by itself. It may write where it reads.</summary>
internal sealed class ElementStep<TElement>(StepSource left, StepSource right, int result) : PlanStep
    where TElement : struct, IElement
{
    public override void Run(PlanRun run)
    {
        var into = run.Write(result).Span;
        if (left.IsConstant && right.IsConstant)
        {
            into.Fill(TElement.Apply(run.ConstantAt(left.Index), run.ConstantAt(right.Index)));
        }
        else if (left.IsConstant)
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
    private static void Run<TLeft, TRight>(TLeft left, TRight right, Span<double> result)
        where TLeft : struct, IReader, allows ref struct
        where TRight : struct, IReader, allows ref struct
    {
        ref var into = ref MemoryMarshal.GetReference(result);
        var bar = 0;
        for (; bar <= result.Length - Vector256<double>.Count; bar += Vector256<double>.Count)
        {
            TElement.Apply(left.VectorAt(bar), right.VectorAt(bar)).StoreUnsafe(ref into, (nuint)bar);
        }

        for (; bar < result.Length; bar++)
        {
            result[bar] = TElement.Apply(left.At(bar), right.At(bar));
        }
    }
}

internal static class ElementStep
{
    public static PlanStep Of(ElementOperation operation, StepSource left, StepSource right, int result) =>
        operation switch
        {
            ElementOperation.Add => new ElementStep<Sum>(left, right, result),
            ElementOperation.Subtract => new ElementStep<Difference>(left, right, result),
            ElementOperation.Multiply => new ElementStep<Product>(left, right, result),
            ElementOperation.Divide => new ElementStep<Quotient>(left, right, result),
            ElementOperation.Minimum => new ElementStep<Smaller>(left, right, result),
            ElementOperation.Maximum => new ElementStep<Larger>(left, right, result),
            ElementOperation.Absolute => new ElementStep<Magnitude>(left, right, result),
            ElementOperation.SquareRoot => new ElementStep<Root>(left, right, result),
            ElementOperation.Logarithm => new ElementStep<Log>(left, right, result),
            ElementOperation.Round => new ElementStep<Rounded>(left, right, result),
            ElementOperation.Less => new ElementStep<IsLess>(left, right, result),
            ElementOperation.LessOrEqual => new ElementStep<IsLessOrEqual>(left, right, result),
            ElementOperation.Equal => new ElementStep<IsEqual>(left, right, result),
            ElementOperation.NotEqual => new ElementStep<IsDifferent>(left, right, result),
            ElementOperation.And => new ElementStep<Both>(left, right, result),
            ElementOperation.Or => new ElementStep<Either>(left, right, result),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Unknown."),
        };
}
