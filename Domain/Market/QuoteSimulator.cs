using System.Runtime.InteropServices;

namespace Trading.Domain.Market;

/// <summary>
/// An invented market that never rests: correlated geometric Brownian motion of a market factor, a factor per sector
/// and one per instrument. The same seed, instruments and times give the same quotes, bit for bit; adding an instrument
/// does not change the quotes of the others. Sessions change with the exchange's date. Not thread-safe.
/// </summary>
public sealed class QuoteSimulator
{
    /// <summary>Correlation of the returns of two instruments of different sectors.</summary>
    public const double MarketCorrelation = 0.35;

    /// <summary>Correlation of the returns of two instruments of one sector.</summary>
    public const double SectorCorrelation = 0.60;

    // A year of 252 sessions of 6.5 hours, so that a minute moves as a minute of a real session does.
    private const double SecondsPerYear = 252 * 6.5 * 3600;

    private static readonly double MarketWeight = Math.Sqrt(MarketCorrelation);
    private static readonly double SectorWeight = Math.Sqrt(SectorCorrelation - MarketCorrelation);
    private static readonly double OwnWeight = Math.Sqrt(1 - SectorCorrelation);

    private readonly long _seed;
    private readonly double _changeShare;
    private readonly List<SimulatedInstrument> _instruments = [];
    private readonly Dictionary<string, int> _sectorIndex = [];
    private readonly List<SeededRandom> _sectors = [];
    private readonly List<double> _sectorMoves = [];
    private SeededRandom _market;
    private DateTime _last;

    /// <summary>Opens the market, empty.</summary>
    /// <param name="seed">Fixes every quote to come.</param>
    /// <param name="changeShare">The share of instruments that trade at a step, above 0 and at most 1.</param>
    /// <param name="start">When it opens, UTC.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of its range.</exception>
    public QuoteSimulator(long seed, double changeShare, DateTime start)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(changeShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(changeShare, 1);
        _seed = seed;
        _changeShare = changeShare;
        _last = start;
        _market = new SeededRandom(seed, "market");
    }

    /// <summary>How many instruments are quoted.</summary>
    public int Count => _instruments.Count;

    /// <summary>Starts to quote an instrument.</summary>
    /// <param name="start">Where it takes up; a price of 0 or less is none.</param>
    /// <exception cref="ArgumentException">There is no price to start from, or the exchange is not known.</exception>
    public void Add(QuoteStart start)
    {
        var sector = start.Instrument.Sector ?? string.Empty;
        if (!_sectorIndex.TryGetValue(sector, out var index))
        {
            index = _sectorIndex[sector] = _sectors.Count;
            _sectors.Add(new SeededRandom(_seed, "sector " + sector));
            _sectorMoves.Add(0);
        }

        _instruments.Add(new SimulatedInstrument(start, index, _seed));
    }

    /// <summary>Stops quoting an instrument; unknown tickers are ignored.</summary>
    /// <param name="ticker">Its ticker.</param>
    public void Remove(string ticker) => _instruments.RemoveAll(known => known.Ticker == ticker);

    /// <summary>
    /// Moves every instrument to an instant and writes the quotes of those that traded; each trades at its first step.
    /// Allocates nothing.
    /// </summary>
    /// <param name="utc">The instant; where it is not after the last one, prices do not move.</param>
    /// <param name="changed">At least <see cref="Count"/> long.</param>
    /// <returns>How many quotes were written.</returns>
    public int Step(DateTime utc, Span<Quote> changed)
    {
        var seconds = Math.Max(0, (utc - _last).TotalSeconds);
        _last = utc > _last ? utc : _last;
        var years = seconds / SecondsPerYear;
        MoveSectors(MarketWeight * _market.NextNormal());

        var moves = CollectionsMarshal.AsSpan(_sectorMoves);
        var count = 0;
        foreach (var instrument in CollectionsMarshal.AsSpan(_instruments))
        {
            instrument.Move(years, seconds, moves[instrument.Sector], OwnWeight);
            if (instrument.Trades(_changeShare))
            {
                changed[count++] = instrument.Trade(_last);
            }
        }

        return count;
    }

    private void MoveSectors(double marketMove)
    {
        var sectors = CollectionsMarshal.AsSpan(_sectors);
        for (var i = 0; i < sectors.Length; i++)
        {
            _sectorMoves[i] = marketMove + (SectorWeight * sectors[i].NextNormal());
        }
    }
}
