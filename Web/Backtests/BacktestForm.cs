using System.Globalization;
using Trading.Contracts;

namespace Trading.Web.Backtests;

/// <summary>What is filled into the form of a backtest; what is left empty has the API's default.</summary>
public sealed class BacktestForm
{
    /// <summary>Stands for the text of a backtest that named no strategy.</summary>
    public const string OwnText = "text";

    private const int Hundred = 100;
    private const int Digits = 10;

    public string? Name { get; set; }

    public string Strategy { get; set; } = "ma_cross";

    /// <summary>A text that is run instead of a strategy.</summary>
    public string? Source { get; private set; }

    /// <summary>The version of a saved strategy; null for the newest.</summary>
    public int? StrategyVersion { get; private set; }

    public List<ParameterEntry> Parameters { get; private set; } = [];

    public List<InstrumentResponse> Instruments { get; } = [];

    public string Interval { get; set; } = "1d";

    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public decimal? Cash { get; set; } = 100_000;

    public decimal? FeePercent { get; set; } = 0.1m;

    public decimal? FeePerOrder { get; set; } = 0;

    public decimal? SlippagePercent { get; set; } = 0.05m;

    public decimal? BorrowPercent { get; set; } = 0;

    public bool AllowShort { get; set; } = true;

    /// <summary>Empty for the strategy's own sizing.</summary>
    public string SizeRule { get; set; } = "";

    public double? SizeAmount { get; set; } = 10;

    public string? Benchmark { get; set; }

    public double? RiskFreePercent { get; set; } = 0;

    public int? BootstrapSamples { get; set; } = 1000;

    public long? Seed { get; set; } = 1;

    public bool Sweep { get; set; }

    public string Objective { get; set; } = "sharpe";

    public int? Windows { get; set; } = 5;

    public double? TrainToTest { get; set; } = 3;

    public int? Trials { get; set; }

    /// <summary>Combinations of the sweep as it is filled in; 0 where none varies.</summary>
    public double Combinations => Parameters.Any(each => each.Varies)
        ? Parameters.Where(each => each.Varies).Aggregate(1.0, (all, each) => all * each.Count)
        : 0;

    public void Choose(StrategyResponse strategy)
    {
        (Strategy, StrategyVersion, Source) = (strategy.Id, null, null);
        Take(strategy.Parameters);
    }

    public void ChooseVersion(int version, IReadOnlyList<StrategyParameterResponse> parameters)
    {
        StrategyVersion = version;
        Take(parameters);
    }

    public void ChooseText(string source, IReadOnlyList<StrategyParameterResponse> parameters)
    {
        (Strategy, StrategyVersion, Source) = (OwnText, null, source);
        Take(parameters);
    }

    /// <summary>Takes all that a backtest was run with, but for its strategy and instruments.</summary>
    public void Repeat(BacktestResponse earlier)
    {
        var request = earlier.Request;
        (Name, Interval) = (earlier.Name, earlier.Interval);
        (From, To) = (DateOnly.FromDateTime(earlier.From), DateOnly.FromDateTime(earlier.To.AddTicks(-1)));
        (Cash, AllowShort, Benchmark) = (request.Cash, request.AllowShort ?? true, request.Benchmark);
        (FeePercent, FeePerOrder) = (request.Costs?.FeeRate * Hundred, request.Costs?.FeePerOrder);
        (SlippagePercent, BorrowPercent) =
            (request.Costs?.SlippageRate * Hundred, request.Costs?.BorrowRate * Hundred);
        RiskFreePercent = PercentOf(request.RiskFreeRate);
        (BootstrapSamples, Seed) = (request.BootstrapSamples, request.Seed);
        Repeat(request.Size);
        Repeat(request.Sweep);
        foreach (var entry in Parameters)
        {
            entry.Value = earlier.Arguments.TryGetValue(entry.Parameter.Name, out var value) ? value : entry.Value;
        }
    }

    public BacktestRequest ToRequest() => new()
    {
        Name = string.IsNullOrWhiteSpace(Name) ? null : Name.Trim(),
        Strategy = Source is not null || Guid.TryParse(Strategy, out _) ? null : Strategy,
        StrategyId = Guid.TryParse(Strategy, out var id) ? id : null,
        StrategyVersion = StrategyVersion,
        Source = Source,
        Arguments = Parameters.Where(each => each.Value is not null && !(Sweep && each.Varies))
            .ToDictionary(each => each.Parameter.Name, each => each.Value!.Value),
        Instruments = [.. Instruments.Select(instrument => instrument.Ticker)],
        Interval = Interval,
        From = From?.ToString("O", CultureInfo.InvariantCulture),
        To = To?.ToString("O", CultureInfo.InvariantCulture),
        Cash = Cash,
        Costs = new BacktestCosts(
            FeePercent / Hundred, FeePerOrder, SlippagePercent / Hundred, BorrowPercent / Hundred),
        AllowShort = AllowShort,
        Size = SizeRule.Length == 0
            ? null
            : new BacktestSize(SizeRule, SizeRule is "equity" or "risk" ? SizeAmount / Hundred : SizeAmount),
        Benchmark = string.IsNullOrWhiteSpace(Benchmark) ? null : Benchmark.Trim(),
        RiskFreeRate = RiskFreePercent / Hundred,
        BootstrapSamples = BootstrapSamples,
        Seed = Seed,
        Sweep = Sweep ? ToSweep() : null,
    };

    // A fraction such as 0.07 is not exactly seven hundredths.
    private static double? PercentOf(double? fraction) =>
        fraction is { } known ? Math.Round(known * Hundred, Digits) : null;

    private void Take(IReadOnlyList<StrategyParameterResponse> parameters) =>
        Parameters = [.. parameters.Select(parameter => new ParameterEntry(parameter))];

    private void Repeat(BacktestSize? size)
    {
        SizeRule = size?.Rule ?? "";
        SizeAmount = size is null ? SizeAmount
            : size.Rule is "equity" or "risk" ? PercentOf(size.Amount) : size.Amount;
    }

    private void Repeat(BacktestSweep? sweep)
    {
        Sweep = sweep is not null;
        if (sweep is null)
        {
            return;
        }

        (Objective, Windows, TrainToTest, Trials) =
            (sweep.Objective ?? Objective, sweep.Windows, sweep.TrainToTest, sweep.Trials);
        foreach (var entry in Parameters)
        {
            var axis = sweep.Axes?.FirstOrDefault(each => each.Name == entry.Parameter.Name);
            entry.Varies = axis is not null;
            (entry.From, entry.To, entry.Step) =
                axis is null ? (entry.From, entry.To, entry.Step) : (axis.From, axis.To, axis.Step);
        }
    }

    private BacktestSweep ToSweep() => new(
        [.. Parameters.Where(each => each.Varies)
            .Select(each => new BacktestAxis(each.Parameter.Name, each.From, each.To, each.Step))],
        Trials,
        Objective,
        Windows,
        TrainToTest);
}
