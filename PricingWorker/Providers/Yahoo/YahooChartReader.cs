using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Yahoo;

/// <summary>
/// Makes bars as traded of a chart, whose prices are adjusted for every split after them: they are taken back by the
/// splits in the answer, which is why a chart is always asked for up to today.
/// </summary>
internal sealed class YahooChartReader(Instrument instrument, YahooChartResult chart)
{
    private readonly double _scale = YahooPrice.Scale(chart.Meta?.Currency, instrument);
    private readonly TimeZoneInfo _zone = ZoneOf(chart.Meta?.ExchangeTimezoneName);

    public ProviderHistory Read(DateOnly from, DateOnly to)
    {
        var splits = Splits();
        var bars = Bars(splits).Where(bar => bar.Session >= from && bar.Session <= to);
        var actions = splits.Concat(Dividends(splits)).Where(action => action.ExDate >= from && action.ExDate <= to);
        return new ProviderHistory([.. bars], [.. actions.OrderBy(action => action.ExDate)]);
    }

    private static TimeZoneInfo ZoneOf(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw ProviderException.Invalid($"The answer names no known time zone: {name}");

    private List<CorporateAction> Splits() => [.. (chart.Events?.Splits?.Values ?? []).Select(split =>
        split is { Numerator: > 0, Denominator: > 0 }
            ? new CorporateAction(DateOf(split.Date), CorporateActionKind.Split, split.Numerator / split.Denominator)
            : throw ProviderException.Invalid($"A split of {split.Numerator}:{split.Denominator} is none."))];

    private IEnumerable<CorporateAction> Dividends(List<CorporateAction> splits) =>
        (chart.Events?.Dividends?.Values ?? []).Select(dividend =>
        {
            var date = DateOf(dividend.Date);
            var amount = SignificantDigits.OfPrice(YahooPrice.Of(dividend.Amount) * _scale * SharesAfter(date, splits));
            return amount > 0 && double.IsFinite(amount)
                ? new CorporateAction(date, CorporateActionKind.Dividend, amount)
                : throw ProviderException.Invalid($"A dividend of {dividend.Amount} is none.");
        });

    private List<ProvidedBar> Bars(List<CorporateAction> splits)
    {
        var times = chart.Timestamp ?? [];
        var bars = new List<ProvidedBar>(times.Count);
        var columns = Columns(times.Count);
        for (var i = 0; i < times.Count; i++)
        {
            var session = DateOf(times[i]);
            if (BarAt(columns, i, SharesAfter(session, splits)) is { } bar)
            {
                Add(bars, new ProvidedBar(session, bar));
            }
        }

        return bars;
    }

    // The newest row is given twice while its session is under way.
    private static void Add(List<ProvidedBar> bars, ProvidedBar bar)
    {
        if (bars.Count > 0 && bars[^1].Session > bar.Session)
        {
            throw ProviderException.Invalid("The answer has sessions in no order.");
        }

        if (bars.Count > 0 && bars[^1].Session == bar.Session)
        {
            bars[^1] = bar;
        }
        else
        {
            bars.Add(bar);
        }
    }

    /// <summary>Open, high, low, close and volume, each as long as there are times.</summary>
    private IReadOnlyList<double?>[] Columns(int count)
    {
        if (count == 0)
        {
            return [];
        }

        return chart.Indicators?.Quote is
            [{ Open: { } open, High: { } high, Low: { } low, Close: { } close, Volume: { } volume }, ..]
            && new[] { open, high, low, close, volume } is var columns && columns.All(column => column.Count == count)
                ? columns
                : throw ProviderException.Invalid("The answer has columns of different lengths.");
    }

    private Bar? BarAt(IReadOnlyList<double?>[] columns, int index, double shares)
    {
        var (open, high, low, close) = (columns[0][index], columns[1][index], columns[2][index], columns[3][index]);
        return open is null && high is null && low is null && close is null
            ? null
            : new Bar(
                default,
                Price(open, shares),
                Price(high, shares),
                Price(low, shares),
                Price(close, shares),
                (columns[4][index] ?? 0) / shares);
    }

    /// <summary>NaN where there is none, which the checks of every bar refuse.</summary>
    private double Price(double? written, double shares) =>
        written is { } price ? SignificantDigits.OfPrice(YahooPrice.Of(price) * shares * _scale) : double.NaN;

    private static double SharesAfter(DateOnly session, List<CorporateAction> splits)
    {
        var shares = 1.0;
        foreach (var split in splits)
        {
            shares *= split.ExDate > session ? split.Value : 1;
        }

        return shares;
    }

    private DateOnly DateOf(long seconds)
    {
        var utc = YahooTime.Of(seconds) ?? throw ProviderException.Invalid($"{seconds} is no time of a session.");
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, _zone).DateTime);
    }
}
