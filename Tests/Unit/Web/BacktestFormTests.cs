using Trading.Contracts;
using Trading.Web.Backtests;

namespace Trading.Tests.Unit.Web;

public sealed class BacktestFormTests
{
    private static readonly StrategyResponse _cross = new(
        "ma_cross",
        "Moving average cross",
        "",
        "built_in",
        "shared",
        1,
        null,
        [new("fast", 12, 2, 100, null, true), new("slow", 26, 3, 200, null, true)],
        null,
        null,
        1);

    [Fact]
    public void Percentages_of_the_form_are_fractions_of_the_request()
    {
        var form = new BacktestForm
        {
            FeePercent = 0.25m,
            SlippagePercent = 0.1m,
            RiskFreePercent = 2,
            SizeRule = "risk",
            SizeAmount = 1,
        };

        var request = form.ToRequest();

        Assert.Equal((0.0025m, 0.001m), (request.Costs!.FeeRate, request.Costs.SlippageRate));
        Assert.Equal(0.02, request.RiskFreeRate);
        Assert.Equal(new BacktestSize("risk", 0.01), request.Size);
    }

    [Fact]
    public void What_a_search_varies_has_an_axis_and_no_value_of_its_own()
    {
        var form = Chosen();
        form.Sweep = true;
        var fast = form.Parameters[0];
        (fast.Varies, fast.From, fast.To, fast.Step) = (true, 5, 20, 5);

        var request = form.ToRequest();

        Assert.Equal(4, form.Combinations);
        Assert.Equal(new BacktestAxis("fast", 5, 20, 5), Assert.Single(request.Sweep!.Axes!));
        Assert.Equal(["slow"], request.Arguments!.Keys);
    }

    [Fact]
    public void A_saved_strategy_is_named_by_its_id_and_a_built_in_one_by_its_name()
    {
        var id = Guid.NewGuid();

        Assert.Equal(("ma_cross", null), Named(new BacktestForm()));
        Assert.Equal((null, (Guid?)id), Named(new BacktestForm { Strategy = id.ToString() }));

        static (string?, Guid?) Named(BacktestForm form) => (form.ToRequest().Strategy, form.ToRequest().StrategyId);
    }

    [Fact]
    public void A_backtest_run_again_asks_for_all_that_the_earlier_did()
    {
        var request = new BacktestRequest
        {
            Name = "Both",
            Strategy = "ma_cross",
            Arguments = new Dictionary<string, double> { ["slow"] = 70 },
            Instruments = [],
            Interval = "1h",
            From = "2020-01-02",
            To = "2020-12-31",
            Cash = 50_000,
            Costs = new(0.002m, 1, 0.0007m, 0.03m),
            AllowShort = false,
            Size = new("risk", 0.07),
            Benchmark = "SPY",
            RiskFreeRate = 0.07,
            BootstrapSamples = 500,
            Seed = 9,
            Sweep = new([new("fast", 5, 20, 1)], 12, "calmar", 4, 2.5),
        };
        var form = Chosen();

        form.Repeat(Earlier(request));

        var repeated = form.ToRequest();
        Assert.Equal(request.Arguments, repeated.Arguments);
        Assert.Equal(request.Sweep!.Axes, repeated.Sweep!.Axes);
        Assert.Equal(
            request with { Arguments = null, Instruments = null, Sweep = request.Sweep with { Axes = null } },
            repeated with { Arguments = null, Instruments = null, Sweep = repeated.Sweep with { Axes = null } });
    }

    [Fact]
    public void A_text_run_again_is_that_text_until_a_strategy_is_chosen()
    {
        var form = new BacktestForm();

        form.ChooseText("entry: close > 0", [new("days", 5, 2, 50, null, true)]);
        form.Repeat(Earlier(new()
        {
            Source = "entry: close > 0",
            Arguments = new Dictionary<string, double> { ["days"] = 8 },
        }));

        var text = form.ToRequest();
        Assert.Equal((null, null, "entry: close > 0"), (text.Strategy, text.StrategyId, text.Source));
        Assert.Equal(8, text.Arguments!["days"]);
        form.Choose(_cross);
        Assert.Equal(("ma_cross", null), (form.ToRequest().Strategy, form.ToRequest().Source));
    }

    [Fact]
    public void A_saved_strategy_run_again_is_the_version_that_was_run()
    {
        var id = Guid.NewGuid();
        var form = new BacktestForm();

        form.Choose(_cross with { Id = id.ToString(), Version = 3 });
        form.ChooseVersion(2, _cross.Parameters);

        Assert.Equal((id, 2), (form.ToRequest().StrategyId, form.ToRequest().StrategyVersion));
    }

    private static BacktestResponse Earlier(BacktestRequest request) => new()
    {
        Id = Guid.NewGuid(),
        Name = request.Name,
        State = "cancelled",
        Strategy = request.Strategy ?? "own",
        Arguments = request.Arguments!,
        Instruments = ["AAPL"],
        Interval = request.Interval ?? "1d",
        From = new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc).AddMicroseconds(1),
        To = new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        Trials = 1,
        CreatedAt = new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        Request = request,
    };

    private static BacktestForm Chosen()
    {
        var form = new BacktestForm();
        form.Choose(_cross);
        return form;
    }
}
