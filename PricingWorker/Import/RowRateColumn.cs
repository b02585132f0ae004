using Spectre.Console;
using Spectre.Console.Rendering;

namespace Trading.PricingWorker.Import;

/// <summary>Rows per second since the task began.</summary>
internal sealed class RowRateColumn : ProgressColumn
{
    private const string RowsKey = "rows";

    public static void Tell(ProgressTask task, long rows) => task.State.Update<long>(RowsKey, _ => rows);

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var seconds = task.ElapsedTime?.TotalSeconds ?? 0;
        var rows = task.State.Get<long>(RowsKey);
        return new Text(
            seconds > 0 && rows > 0 ? FormattableString.Invariant($"{rows / seconds:N0} rows/s") : string.Empty,
            new Style(Color.Grey));
    }
}
