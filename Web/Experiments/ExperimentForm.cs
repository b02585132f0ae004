using Trading.Contracts;
using Trading.Web.Backtests;

namespace Trading.Web.Experiments;

/// <summary>What is filled into the form of an experiment; what is left empty has the API's default.</summary>
public sealed class ExperimentForm
{
    public const int MostArms = 6;

    private const int Hundred = 100;

    public string? Name { get; set; }

    /// <summary>The first is the control.</summary>
    public List<ArmEntry> Arms { get; } = [];

    public List<InstrumentResponse> Instruments { get; } = [];

    public string Interval { get; set; } = "1d";

    public decimal? Cash { get; set; } = 100_000;

    public decimal? FeePercent { get; set; } = 0.1m;

    public decimal? SlippagePercent { get; set; } = 0.05m;

    public bool AllowShort { get; set; } = true;

    public int? Horizon { get; set; } = 1000;

    public double? ErrorPercent { get; set; } = 5;

    public ExperimentRequest ToRequest() => new()
    {
        Name = string.IsNullOrWhiteSpace(Name) ? null : Name.Trim(),
        Arms = [.. Arms.Select(arm => arm.ToRequest())],
        Instruments = [.. Instruments.Select(instrument => instrument.Ticker)],
        Interval = Interval,
        Cash = Cash,
        Costs = new BacktestCosts(FeePercent / Hundred, null, SlippagePercent / Hundred),
        AllowShort = AllowShort,
        Horizon = Horizon,
        ErrorRate = ErrorPercent / Hundred,
    };
}

/// <summary>An arm, and what is filled in for it.</summary>
public sealed class ArmEntry
{
    public string? Name { get; set; }

    public string Strategy { get; private set; } = "";

    public List<ParameterEntry> Parameters { get; private set; } = [];

    public void Choose(StrategyResponse strategy)
    {
        Strategy = strategy.Id;
        Parameters = [.. strategy.Parameters.Select(parameter => new ParameterEntry(parameter))];
    }

    public ExperimentArmRequest ToRequest() => new()
    {
        Name = string.IsNullOrWhiteSpace(Name) ? null : Name.Trim(),
        Strategy = Guid.TryParse(Strategy, out _) ? null : Strategy,
        StrategyId = Guid.TryParse(Strategy, out var id) ? id : null,
        Arguments = Parameters.Where(each => each.Value is not null)
            .ToDictionary(each => each.Parameter.Name, each => each.Value!.Value),
    };
}
