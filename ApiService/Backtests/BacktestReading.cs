using Trading.ApiService.Bars;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Domain.Backtesting;
using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.ApiService.Backtests;

/// <summary>Reads what a client wants backtested, and says all that is wrong with it at once.</summary>
internal sealed class BacktestReading(
    InstrumentDirectory directory, StrategyFinder strategies, TimeProvider time)
{
    private const int LongestName = 100;
    private const int DefaultYears = 5;
    private const int MostAxes = 8;
    private const int MostSamples = 10_000;
    private const string Crypto = "CRYPTO";

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
            check.Text("name", request.Name, LongestName);
        }

        var interval = ReadInterval(request.Interval, check);
        var (from, to) = ReadRange(request, check);
        var settings = ReadSettings(request, from, instruments, check);
        var size = ReadSize(request.Size, check);
        var sweep = request.Sweep is null ? null : ReadSweep(request.Sweep, request.Seed ?? 1, found?.Strategy, check);
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
                check.Require(
                    false, field, $"No instrument has the ticker {ticker}; /api/v1/instruments?search= finds one.");
            }
        }

        return found;
    }

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
    private (DateTime From, DateTime To) ReadRange(BacktestRequest request, Validation check)
    {
        var today = time.GetUtcNow().UtcDateTime.Date;
        var to = ReadTime(request.To, "to", check, today, end: true);
        var from = ReadTime(request.From, "from", check, to.AddDays(-1).AddYears(-DefaultYears).Date, end: false);
        check.Require(from < to, "from", "Lies before to.");
        return (from, to);
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

    private static BacktestSettings ReadSettings(
        BacktestRequest request, DateTime from, List<SpecInstrument> instruments, Validation check)
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
            PeriodsPerYear = instruments.Count > 0 && instruments.All(each => each.Exchange == Crypto) ? 365 : 252,
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

    private static SweepSettings? ReadSweep(BacktestSweep sweep, long seed, ITradingStrategy? strategy, Validation check)
    {
        var axes = new List<SweepAxis>();
        foreach (var axis in sweep.Axes ?? [])
        {
            var known = strategy?.Parameters.FirstOrDefault(parameter => parameter.Name == axis.Name);
            check.Require(
                strategy is null || known is not null,
                "sweep.axes",
                $"{axis.Name} is no parameter; there are: {Names(strategy)}.");
            if (axis is not { Name: { } name, From: { } from, To: { } to, Step: { } step }
                || !double.IsFinite(from) || !double.IsFinite(to) || !(step > 0) || to < from
                || (to - from) / step > SweepSettings.MaxTrials)
            {
                check.Require(false, "sweep.axes", "Each has a name, from, to not below it, and a step above 0.");
                continue;
            }

            if (known is not null && (from < known.Minimum || to > known.Maximum))
            {
                check.Require(false, "sweep.axes", $"{name} goes from {known.Minimum} to {known.Maximum}.");
            }

            axes.Add(new SweepAxis(name, from, to, step));
        }

        SweepObjective? objective = (sweep.Objective ?? "sharpe") switch
        {
            "sharpe" => SweepObjective.Sharpe,
            "sortino" => SweepObjective.Sortino,
            "calmar" => SweepObjective.Calmar,
            "total_return" => SweepObjective.TotalReturn,
            _ => null,
        };
        check.Require(axes.Count is > 0 and <= MostAxes, "sweep.axes", $"1 to {MostAxes} parameters.")
            .Require(
                axes.DistinctBy(axis => axis.Name).Count() == axes.Count, "sweep.axes", "Each parameter is named once.")
            .Require(objective is not null, "sweep.objective", "sharpe, sortino, calmar or total_return.")
            .Require(
                sweep.Trials is null or (> 0 and <= SweepSettings.MaxTrials),
                "sweep.trials",
                $"1 to {SweepSettings.MaxTrials}.")
            .Require(sweep.Windows is null or (>= 1 and <= 50), "sweep.windows", "1 to 50.")
            .Require(sweep.TrainToTest is null or (>= 0.1 and <= 20), "sweep.train_to_test", "0.1 to 20.");
        return new SweepSettings
        {
            Axes = axes,
            RandomTrials = sweep.Trials,
            Seed = seed,
            Objective = objective ?? SweepObjective.Sharpe,
            Windows = sweep.Windows ?? 5,
            TrainToTest = sweep.TrainToTest ?? 3,
        };
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

    private static string Names(ITradingStrategy? strategy) => strategy is { Parameters.Count: > 0 }
        ? string.Join(", ", strategy.Parameters.Select(parameter => parameter.Name))
        : "none";
}
