using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Data.Backfills;
using Trading.Data.Instruments;
using Trading.Domain.Market;

namespace Trading.ApiService.Jobs;

/// <summary>Finds out what a backfill is to fetch, or all that is wrong with the request.</summary>
internal sealed class BackfillReading(InstrumentDirectory directory, InstrumentStore instruments, TimeProvider time)
{
    private static readonly DateOnly _earliest = new(1900, 1, 1);

    public async Task<(ApiProblem? Problem, BackfillSpec? Spec)> ReadAsync(
        BackfillRequest request, CancellationToken cancellationToken)
    {
        var check = new Validation();
        var exchange = ReadExchange(request.Exchange, check);
        // Somewhere it is tomorrow already.
        var latest = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
        var (from, to) = (request.From ?? latest, request.To ?? latest);
        var interval = request.Interval ?? BarInterval.OneDay.Code;
        check
            .Require(request.From is not null && from >= _earliest, "from", "The first session, such as 2020-01-02.")
            .Require(from <= to && to <= latest, "to", "A session from the first up to today.")
            .Require(interval == BarInterval.OneDay.Code, "interval", "1d: providers give the past by days only.");
        var tickers = request.Tickers is { } named
            ? await ReadTickersAsync(named, exchange, check, cancellationToken)
            : await ListedAsync(exchange, check, cancellationToken);
        return check.Problem is { } problem
            ? (problem, null)
            : (null, new BackfillSpec(tickers, exchange?.Code, from, to, interval));
    }

    private static Exchange? ReadExchange(string? code, Validation check)
    {
        Exchange? exchange = null;
        check.Require(
            code is null || Exchange.TryFind(code.ToUpperInvariant(), out exchange),
            "exchange",
            $"One of {string.Join(", ", Exchange.All.Select(known => known.Code))}.");
        return exchange;
    }

    private async Task<IReadOnlyList<string>> ReadTickersAsync(
        IReadOnlyList<string> named, Exchange? exchange, Validation check, CancellationToken cancellationToken)
    {
        var tickers = new List<string>();
        check.Require(
            named.Count is > 0 and <= BackfillRequest.MaxTickers,
            "tickers",
            $"1 to {BackfillRequest.MaxTickers} tickers, or none at all and an exchange.");
        foreach (var name in named.Take(BackfillRequest.MaxTickers))
        {
            if (!TickerText.TryRead(name, out var ticker))
            {
                return Refuse(check, TickerText.Rule);
            }

            var known = await directory.FindAsync(ticker, cancellationToken);
            if (known is null && exchange is null)
            {
                return Refuse(check, $"{ticker} is not known; say on which exchange it is listed.");
            }

            if (known?.Synthetic == true)
            {
                return Refuse(check, $"{ticker} is invented: no provider has it.");
            }

            tickers.Add(ticker);
        }

        return [.. tickers.Distinct(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> Refuse(Validation check, string reason)
    {
        check.Require(false, "tickers", reason);
        return [];
    }

    private async Task<IReadOnlyList<string>> ListedAsync(
        Exchange? exchange, Validation check, CancellationToken cancellationToken)
    {
        if (exchange is null)
        {
            return Refuse(check, "Name tickers, or an exchange for all that is listed there.");
        }

        var all = await instruments.AllAsync(cancellationToken);
        string[] tickers =
        [
            .. all.Where(one => one.Exchange == exchange.Code && !one.Synthetic)
                .Select(one => one.Ticker)
                .Order(StringComparer.Ordinal),
        ];
        check.Require(
            tickers.Length is > 0 and <= BackfillRequest.MaxTickers,
            "exchange",
            $"1 to {BackfillRequest.MaxTickers} real instruments have to be listed there; {tickers.Length} are.");
        return tickers;
    }
}
