using System.Diagnostics;

namespace Trading.Benchmarks.Indicators;

/// <summary>
/// Runs code until the runtime has compiled it for speed, which it does beside, some time after the thirtieth call.
/// </summary>
internal static class Compiled
{
    private const int Calls = 60;
    private static readonly TimeSpan _beside = TimeSpan.FromMilliseconds(300);

    public static void WarmUp(Action run)
    {
        for (var call = 0; call < Calls; call++)
        {
            run();
        }

        // Twice the delay after which it compiles, with the code in use.
        var startedAt = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(startedAt) < _beside)
        {
            run();
        }
    }
}
