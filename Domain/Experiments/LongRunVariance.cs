namespace Trading.Domain.Experiments;

/// <summary>
/// How much the sum of correlated numbers varies, per number: their variance, and twice the covariances of neighbours
/// up to <see cref="Lags"/> apart, each with a weight that falls evenly (Newey and West, "A simple, positive
/// semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix", Econometrica 55(3), 1987).
/// </summary>
internal sealed class LongRunVariance
{
    /// <summary>How far apart neighbours may be.</summary>
    public const int Lags = 8;

    private readonly double[] _products = new double[Lags + 1];
    private readonly double[] _newest = new double[Lags];
    private readonly double[] _first = new double[Lags];
    private double _origin;
    private double _total;
    private int _count;

    /// <summary>The value; zero without numbers.</summary>
    public double Value
    {
        get
        {
            if (_count == 0)
            {
                return 0;
            }

            var value = Covariance(0);
            for (var lag = 1; lag <= Math.Min(Lags, _count - 1); lag++)
            {
                value += 2 * (1 - (lag / (Lags + 1.0))) * Covariance(lag);
            }

            return Math.Max(value, 0);
        }
    }

    public void Add(double number)
    {
        // From the first of them: the products of numbers far from zero would lose what matters.
        _origin = _count == 0 ? number : _origin;
        var shifted = number - _origin;
        _products[0] += shifted * shifted;
        for (var lag = 1; lag <= Math.Min(Lags, _count); lag++)
        {
            _products[lag] += shifted * _newest[(_count - lag) % Lags];
        }

        if (_count < Lags)
        {
            _first[_count] = shifted;
        }

        _newest[_count % Lags] = shifted;
        _total += shifted;
        _count++;
    }

    private double Covariance(int lag)
    {
        var mean = _total / _count;
        var (early, late) = (_total, _total);
        for (var index = 0; index < lag; index++)
        {
            early -= _newest[(_count - 1 - index) % Lags];
            late -= _first[index];
        }

        return (_products[lag] - (mean * (early + late)) + ((_count - lag) * mean * mean)) / _count;
    }
}
