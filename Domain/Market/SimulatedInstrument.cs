namespace Trading.Domain.Market;

/// <summary>
/// One instrument of a <see cref="QuoteSimulator"/>: its hidden price, its volatility and its session.
/// </summary>
internal sealed class SimulatedInstrument
{
    private const double SecondsPerDay = 24 * 3600;

    private readonly SessionClock _clock;
    private readonly double _volatility;
    private readonly double _unitsPerSecond;
    private SeededRandom _random;
    private Quote _quote;
    private DateTime _session;
    private double _price;
    private double _secondsSinceTrade;
    private bool _traded;

    public SimulatedInstrument(QuoteStart start, int sector, long seed)
    {
        var last = start.LastSession;
        if (!(last.Close > 0) || !Exchange.TryFind(start.Instrument.Exchange, out var exchange))
        {
            throw new ArgumentException($"{start.Instrument.Ticker} has no price or no known exchange.", nameof(start));
        }

        Sector = sector;
        _clock = new SessionClock(exchange);
        Ticker = start.Instrument.Ticker;
        _random = new SeededRandom(seed, Ticker);
        _volatility = 0.15 + (0.30 * _random.NextUniform());
        _unitsPerSecond = Math.Max(1000, start.DailyVolume) / SecondsPerDay;
        _price = last.Close;
        _session = last.Time;
        _quote = new Quote(Ticker, last.Close, start.PreviousClose, last.Open, last.High, last.Low, last.Volume);
    }

    public string Ticker { get; }

    public int Sector { get; }

    public void Move(double years, double seconds, double factors, double ownWeight)
    {
        var normal = factors + (ownWeight * _random.NextNormal());
        var drift = -0.5 * _volatility * _volatility * years;
        _price *= Math.Exp(drift + (_volatility * Math.Sqrt(years) * normal));
        _secondsSinceTrade += seconds;
    }

    public bool Trades(double share) => _random.NextUniform() < share || !_traded;

    public Quote Trade(DateTime utc)
    {
        var price = TickSize.Round(_price);
        var units = Math.Max(1, Math.Round(_unitsPerSecond * _secondsSinceTrade * _random.NextExponential()));
        _secondsSinceTrade = 0;
        _traded = true;
        var session = _clock.CloseAt(utc);
        _quote = session > _session ? Opened(price, units) : Continued(price, units);
        _session = session > _session ? session : _session;
        return _quote;
    }

    private Quote Opened(double price, double units) => new(Ticker, price, _quote.Price, price, price, price, units);

    private Quote Continued(double price, double units) => _quote with
    {
        Price = price,
        High = Math.Max(_quote.High, price),
        Low = Math.Min(_quote.Low, price),
        Volume = _quote.Volume + units,
    };
}
