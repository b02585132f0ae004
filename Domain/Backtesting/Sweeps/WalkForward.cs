namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>
/// The stretches of days that a sweep chooses on and tries on: the days to try on follow one another to the end, and
/// those to choose on end where they begin.
/// </summary>
internal static class WalkForward
{
    private const int FewestTestDays = 5;

    public static Stretch[] Of(int days, SweepSettings settings)
    {
        if (settings.Windows < 1 || !(settings.TrainToTest >= 1) || !(settings.TrainToTest <= 1000))
        {
            throw new ArgumentException("Walking forward needs a window, and at least as long to choose on as to try.");
        }

        var test = (int)(days / (settings.Windows + settings.TrainToTest));
        if (test < FewestTestDays)
        {
            throw new ArgumentException(
                $"{days} days are too few for {settings.Windows} windows of at least {FewestTestDays} days to try on: "
                + "take more days, fewer windows or less to choose on.");
        }

        var train = days - (settings.Windows * test);
        return [.. Enumerable.Range(0, settings.Windows).Select(window =>
            new Stretch(window * test, train + (window * test), train + ((window + 1) * test)))];
    }
}

/// <summary>A window by the indices of its days: from Train to Test to choose, from Test to End to try.</summary>
internal readonly record struct Stretch(int Train, int Test, int End);
