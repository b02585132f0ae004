using Trading.Domain.Market;

namespace Trading.Tests.Unit.Experiments;

/// <summary>Differences of two equally good strategies, of some kind: their mean is zero.</summary>
internal sealed class Draws(long seed, string kind)
{
    private SeededRandom _random = new(seed, kind);
    private double _variance = 1;
    private double _last;

    public double Next() => kind switch
    {
        "normal" => Normal(),
        // Student's t with 3 degrees of freedom: its kurtosis is infinite.
        "fat tails" => Normal() / Math.Sqrt((Squared() + Squared() + Squared()) / 3),
        // An exponential less its mean.
        "skewed" => -Math.Log(1 - Uniform()) - 1,
        // A lognormal's mean less it: mostly small gains, and large losses.
        "short of tails" => Math.Exp(0.5) - Math.Exp(Normal()),
        // One bar in twenty has a trade.
        "sparse" => Uniform() < 0.05 ? Normal() : 0,
        "clustered" => Clustered(),
        // A fifth of a bar's difference is in the next again.
        "together" => _last = (0.2 * _last) + Normal(),
        // Gains of 2 % of what is lost in one bar of fifty.
        "rare losses" => Uniform() < 0.02 ? -0.98 + (0.1 * Normal()) : 0.02 + (0.01 * Normal()),
        _ => throw new ArgumentException($"There is no kind {kind}."),
    };

    /// <summary>GARCH(1, 1): quiet and wild times.</summary>
    private double Clustered()
    {
        var draw = Math.Sqrt(_variance) * Normal();
        _variance = 0.05 + (0.1 * draw * draw) + (0.85 * _variance);
        return draw;
    }

    private double Squared()
    {
        var draw = Normal();
        return draw * draw;
    }

    private double Uniform() => _random.NextUniform();

    private double Normal() => _random.NextNormal();
}
