namespace Trading.Domain.Market;

/// <summary>
/// Daily returns that many companies share, with calm and nervous times: variance follows GARCH(1,1) (Bollerslev,
/// 1986).
/// </summary>
internal sealed class SyntheticFactor
{
    private const double Persistence = 0.90;
    private const double Reaction = 0.08;

    private readonly double[] _returns;

    /// <param name="seed">The market's seed.</param>
    /// <param name="name">The factor's name; names its stream of random numbers.</param>
    /// <param name="volatility">Long-run standard deviation of a daily return, as a fraction.</param>
    /// <param name="sessions">How many returns.</param>
    public SyntheticFactor(long seed, string name, double volatility, int sessions)
    {
        var random = new SeededRandom(seed, $"factor {name}");
        var longRun = volatility * volatility;
        var variance = longRun;
        _returns = new double[sessions];
        for (var i = 0; i < sessions; i++)
        {
            _returns[i] = Math.Sqrt(variance) * random.NextNormal();
            variance = ((1 - Persistence - Reaction) * longRun) + (Persistence * variance)
                + (Reaction * _returns[i] * _returns[i]);
        }
    }

    /// <summary>The return of a session, counted from the epoch.</summary>
    public double this[int session] => _returns[session];
}
