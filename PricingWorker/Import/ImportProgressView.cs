using Spectre.Console;
using Trading.Data.Import;

namespace Trading.PricingWorker.Import;

/// <summary>
/// A bar with rate and time left in a terminal; a line now and then where the output is a file or a log.
/// </summary>
internal static class ImportProgressView
{
    public static Task<ImportReport> ShowAsync(
        string name, Func<IProgress<ImportProgress>, Task<ImportReport>> import) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? ShowBarsAsync(name, import)
            : import(new ProgressLines(name, TimeProvider.System));

    private static Task<ImportReport> ShowBarsAsync(
        string name, Func<IProgress<ImportProgress>, Task<ImportReport>> import) =>
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RowRateColumn(),
                new RemainingTimeColumn())
            .StartAsync(async context => await import(new ProgressBars(context, name)));

    private sealed class ProgressBars(ProgressContext context, string name) : IProgress<ImportProgress>
    {
        private readonly ProgressTask _reading = context.AddTask($"Reading {Markup.Escape(name)}");
        private ProgressTask? _storing;

        public void Report(ImportProgress value)
        {
            var task = value.Phase == ImportPhase.Reading ? _reading : _storing ??= context.AddTask("Storing");
            if (value.Phase == ImportPhase.Waiting)
            {
                task.Description = "Waiting for another import";
                task.IsIndeterminate = true;
                return;
            }

            task.Description = value.Phase == ImportPhase.Storing ? "Storing" : task.Description;
            task.IsIndeterminate = false;
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
            RowRateColumn.Tell(task, value.Rows);
        }
    }

    private sealed class ProgressLines(string name, TimeProvider time) : IProgress<ImportProgress>
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
        private ImportPhase? _phase;
        private long _phaseStart;
        private long _lastLine;

        public void Report(ImportProgress value)
        {
            var now = time.GetTimestamp();
            if (value.Phase != _phase)
            {
                _phase = value.Phase;
                _phaseStart = now;
            }
            else if (time.GetElapsedTime(_lastLine, now) < Interval)
            {
                return;
            }

            _lastLine = now;
            Console.WriteLine(Line(value, time.GetElapsedTime(_phaseStart, now)));
        }

        private string Line(ImportProgress value, TimeSpan elapsed)
        {
            if (value.Phase == ImportPhase.Waiting)
            {
                return $"{name}: waiting for another import";
            }

            var share = value.Total > 0 ? (double)value.Done / value.Total : 1;
            var left = share > 0 ? elapsed * ((1 - share) / share) : TimeSpan.Zero;
            var phase = value.Phase.ToString().ToLowerInvariant();
            return FormattableString.Invariant(
                $"{name}: {phase} {share:P0}, {value.Rows:N0} rows, {left.TotalSeconds:N0} s left");
        }
    }
}
