namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>One step of walking forward: chosen on one stretch, tried on the next.</summary>
public sealed record SweepWindow
{
    /// <summary>The first bar to choose on, by its close.</summary>
    public required DateTime TrainFrom { get; init; }

    /// <summary>The last bar to choose on.</summary>
    public required DateTime TrainTo { get; init; }

    /// <summary>The first bar to try on.</summary>
    public required DateTime TestFrom { get; init; }

    /// <summary>The last bar to try on.</summary>
    public required DateTime TestTo { get; init; }

    /// <summary>The trial that was best on the first; null where none had a score, and nothing was traded.</summary>
    public required int? Selected { get; init; }

    /// <summary>Its values of the strategy's parameters; empty where none was selected.</summary>
    public required IReadOnlyList<double> Arguments { get; init; }

    /// <summary>Its objective where it was chosen.</summary>
    public required double? TrainScore { get; init; }

    /// <summary>Its objective where it was tried; null where undefined.</summary>
    public required double? TestScore { get; init; }

    /// <summary>The account's return where it was tried.</summary>
    public required double TestReturn { get; init; }
}
