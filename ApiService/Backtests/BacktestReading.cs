using Microsoft.Extensions.Options;
using Trading.ApiService.Bars;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Domain.Backtesting;
using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.ApiService.Backtests;

/// <summary>Reads what a client wants backtested, and says all that is wrong with it at once.</summary>
internal sealed class BacktestReading(
    InstrumentDirectory directory, StrategyFinder strategies, IOptions<BacktestOptions> options, TimeProvider time)
{
    private const int LongestName = 100;
    private const int DefaultYears = 5;
    private const int MostSamples = 10_000;

    /// <summary>The specification and the strategy that it names; or the problem.</summary>
    public async Task<(ApiProblem? Problem, BacktestSpec? Spec, ITradingStrategy? Strategy)> ReadAsync(
        Guid user, BacktestRequest request, int mostInstruments, CancellationToken cancellationToken)
    {
        var check = new Validation();
        var found = await strategies.FindAsync(user, request, check, cancellationToken);
        var instruments = await FindAsync(request.Instruments ?? [], "instruments", check, cancellationToken);
        check.Require(
            request.Instruments is { Count: > 0 } list && list.Count <= mostInstruments,
            "instruments",
            $"1 to {mostInstruments} tickers.");
        var benchmark = request.Benchmark is { } ticker
            ? (await FindAsync([ticker], "benchmark", check, cancellationToken)).FirstOrDefault()
            : null;
        if (request.Name is not null)
        {
            check.Name("name", request.Name, LongestName);
        }

        var interval = ReadInterval(request.Interval, check);
        var (from, to) = ReadRange(request, check);
        var settings = ReadSettings(request, from, check);
        var size = ReadSize(request.Size, check);
        var sweep = request.Sweep is null
            ? null
            : SweepReading.Read(request.Sweep, request.Seed ?? 1, found?.Strategy, check);
        if (found is not null)
        {
            CheckArguments(found.Strategy, request.Arguments, check);
        }

        if (check.Problem is { } problem)
        {
            return (problem, null, null);
        }

        var spec = new BacktestSpec
        {
            Strategy = found!.Name,
            Source = found.Source,
            StrategyId = found.Id,
            StrategyVersion = found.Version,
            Arguments = request.Arguments ?? new Dictionary<string, double>(),
            Instruments = [.. instruments.DistinctBy(instrument => instrument.Id)],
            Interval = interval.Code,
            From = from,
            To = to,
            Settings = settings,
            Size = size,
            Benchmark = benchmark,
            Sweep = sweep,
        };
        return (null, spec, found.Strategy);
    }

    private async Task<List<SpecInstrument>> FindAsync(
        IReadOnlyList<string> tickers, string field, Validation check, CancellationToken cancellationToken)
    {
        var found = new List<SpecInstrument>();
        foreach (var text in tickers)
        {
            if (!TickerText.TryRead(text, out var ticker))
            {
                check.Require(false, field, TickerText.Rule);
            }
            else if (await FindAsync(ticker, cancellationToken) is { } instrument)
            {
                found.Add(new(instrument.Id, instrument.Ticker, instrument.Exchange, instrument.Synthetic));
            }
            else
            {
                check.Require(false, field, UnknownText(ticker));
            }
        }

        return found;
    }

    private static string UnknownText(string ticker) => SymbolText.IsPair(ticker)
        ? $"No instrument has the ticker {ticker}, nor another way to write this pair; /api/v1/instruments?search= finds "
            + $"one, and dotnet dev.cs import FILE --ticker {ticker} --exchange CRYPTO adds it (docs/import.md)."
        : $"No instrument has the ticker {ticker}; /api/v1/instruments?search= finds one.";

    private async Task<Instrument?> FindAsync(string ticker, CancellationToken cancellationToken)
    {
        foreach (var candidate in SymbolText.Candidates(ticker))
        {
            if (await directory.FindAsync(candidate, cancellationToken) is { } instrument)
            {
                return instrument;
            }
        }

        return null;
    }

    private static BarInterval ReadInterval(string? text, Validation check)
    {
        if (BarInterval.TryParse(text ?? BarInterval.OneDay.Code, out var interval))
        {
            return interval;
        }

        check.Require(
            false, "interval", $"One of {string.Join(", ", BarInterval.All.Select(known => known.Code))}.");
        return BarInterval.OneDay;
    }

    // A session that closes at midnight is of the day before: a day's range begins after it and ends with it.
    // Bars that have not closed yet are stored too, with the close that they will have: they may still change.
    private (DateTime From, DateTime To) ReadRange(BacktestRequest request, Validation check)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var asked = ReadTime(request.To, "to", check, now.Date, end: true);
        var from = ReadTime(request.From, "from", check, asked.AddDays(-1).AddYears(-DefaultYears).Date, end: false);
        check.Require(from < asked, "from", "Lies before to.");
        var closed = now - options.Value.CloseDelay;
        check.Require(from < closed || from >= asked, "from", "No bar since then has closed yet.");
        return (from, asked < closed ? asked : closed);
    }

    private static DateTime ReadTime(string? text, string field, Validation check, DateTime otherwise, bool end)
    {
        var time = new BarTime(DateOnly.FromDateTime(otherwise), default);
        if (text is not null && !BarTime.TryRead(text, out time))
        {
            check.Require(false, field, "A date (2020-01-02) or an instant (2020-01-02T21:00:00Z).");
            return otherwise;
        }

        return time.Session is { } date
            ? DateTime.SpecifyKind(date.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc)
                .AddDays(end ? 1 : 0).AddMicroseconds(end ? 0 : 1)
            : time.Instant;
    }

    private static BacktestSettings ReadSettings(BacktestRequest request, DateTime from, Validation check)
    {
        var usual = new TradingCosts();
        var costs = new TradingCosts(
            request.Costs?.FeeRate ?? usual.FeeRate,
            request.Costs?.FeePerOrder ?? usual.FeePerOrder,
            request.Costs?.SlippageRate ?? usual.SlippageRate,
            request.Costs?.BorrowRate ?? usual.BorrowRate);
        var settings = new BacktestSettings
        {
            InitialCash = request.Cash ?? 100_000,
            Costs = costs,
            AllowShort = request.AllowShort ?? true,
            From = from,
            RiskFreeRate = request.RiskFreeRate ?? 0,
            BootstrapSamples = request.BootstrapSamples ?? 1000,
            Seed = request.Seed ?? 1,
        };
        check.Require(settings.InitialCash is > 0 and <= 1_000_000_000_000m, "cash", "Above 0, at most 1e12.")
            .Require(costs.FeeRate is >= 0 and < 1, "costs.fee_rate", "A fraction from 0 to below 1.")
            .Require(costs.FeePerOrder is >= 0 and <= 1_000_000, "costs.fee_per_order", "From 0 to 1e6.")
            .Require(costs.SlippageRate is >= 0 and < 1, "costs.slippage_rate", "A fraction from 0 to below 1.")
            .Require(costs.BorrowRate is >= 0 and <= 10, "costs.borrow_rate", "A fraction from 0 to 10.")
            .Require(Math.Abs(settings.RiskFreeRate) < 1, "risk_free_rate", "A fraction between -1 and 1.")
            .Require(
                settings.BootstrapSamples is 0 or (>= 100 and <= MostSamples),
                "bootstrap_samples",
                $"0, or 100 to {MostSamples}.");
        return settings;
    }

    private static PositionSize? ReadSize(BacktestSize? size, Validation check)
    {
        if (size is null)
        {
            return null;
        }

        PositionSizeRule? rule = size.Rule switch
        {
            "equity" => PositionSizeRule.Equity,
            "risk" => PositionSizeRule.Risk,
            "cash" => PositionSizeRule.Cash,
            "units" => PositionSizeRule.Units,
            _ => null,
        };
        var most = rule is PositionSizeRule.Equity or PositionSizeRule.Risk ? 1 : 1e12;
        check.Require(rule is not null, "size.rule", "equity, risk, cash or units.")
            .Require(
                size.Amount is { } amount && double.IsFinite(amount) && amount > 0 && amount <= most,
                "size.amount",
                "A fraction above 0 and at most 1 for equity and risk; else an amount above 0.");
        return rule is { } known ? new PositionSize(known, size.Amount ?? 1) : null;
    }

    private static void CheckArguments(
        ITradingStrategy strategy, IReadOnlyDictionary<string, double>? arguments, Validation check)
    {
        foreach (var (name, value) in arguments ?? new Dictionary<string, double>())
        {
            var known = strategy.Parameters.FirstOrDefault(parameter => parameter.Name == name);
            if (known is null)
            {
                check.Require(false, "arguments", $"{name} is no parameter; there are: {Names(strategy)}.");
            }
            else
            {
                check.Require(
                    value >= known.Minimum && value <= known.Maximum && (!known.IsInteger || value == Math.Floor(value)),
                    "arguments",
                    $"{name} is {(known.IsInteger ? "a whole number" : "a number")} from {known.Minimum} to {known.Maximum}.");
            }
        }
    }

    public static string Names(ITradingStrategy? strategy) => strategy is { Parameters.Count: > 0 }
        ? string.Join(", ", strategy.Parameters.Select(parameter => parameter.Name))
        : "none";
}
