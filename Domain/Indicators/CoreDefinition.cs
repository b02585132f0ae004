using System.Runtime.CompilerServices;

namespace Trading.Domain.Indicators;

/// <summary>Defines an indicator by its core.</summary>
internal sealed class CoreDefinition<TCore, TInput, TOutput>(
    string name, string title, CoreDefinition<TCore, TInput, TOutput>.Creation create)
    : IndicatorDefinition(name, title)
    where TCore : unmanaged, IIndicatorCore<TCore, TInput, TOutput>
    where TInput : unmanaged
    where TOutput : unmanaged
{
    /// <summary>Makes the core of checked arguments.</summary>
    public delegate TCore Creation(ReadOnlySpan<double> arguments);

    private static int InputCount => Unsafe.SizeOf<TInput>() / sizeof(double);

    private static int OutputCount => Unsafe.SizeOf<TOutput>() / sizeof(double);

    public override int FirstIndex(ReadOnlySpan<double> arguments, int output = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, OutputCount);
        return Create(arguments).FirstIndex(output);
    }

    public override int WarmUp(ReadOnlySpan<double> arguments) => Create(arguments).WarmUp;

    public override void Compute(
        ReadOnlySpan<double> arguments,
        ReadOnlySpan<ReadOnlyMemory<double>> inputs,
        ReadOnlySpan<Memory<double>> outputs)
    {
        if (inputs.Length != InputCount || outputs.Length != OutputCount)
        {
            throw new ArgumentException(
                $"{Name} reads {InputCount} series and yields {OutputCount}, was given {inputs.Length} and "
                + $"{outputs.Length}.");
        }

        var read = new InputColumns(
            inputs[0].Span, At(inputs, 1), At(inputs, 2), At(inputs, 3), At(inputs, 4), inputs.Length);
        var yielded = new OutputColumns(
            outputs[0].Span, At(outputs, 1), At(outputs, 2), At(outputs, 3), At(outputs, 4), outputs.Length);
        IndicatorBatch.Run<TCore, TInput, TOutput>(Create(arguments), read, yielded);
    }

    public override IndicatorStream Stream(ReadOnlySpan<double> arguments) =>
        new CoreStream<TCore, TInput, TOutput>(Create(arguments));

    private static ReadOnlySpan<double> At(ReadOnlySpan<ReadOnlyMemory<double>> series, int index) =>
        index < series.Length ? series[index].Span : default;

    private static Span<double> At(ReadOnlySpan<Memory<double>> series, int index) =>
        index < series.Length ? series[index].Span : default;

    private TCore Create(ReadOnlySpan<double> arguments)
    {
        Check(arguments);
        return create(arguments);
    }
}
