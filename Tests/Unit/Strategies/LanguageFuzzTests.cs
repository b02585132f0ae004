using FsCheck;
using FsCheck.Fluent;
using Trading.Domain.Strategies;
using Trading.Domain.Strategies.Language;

namespace Trading.Tests.Unit.Strategies;

/// <summary>Whatever is typed gives a strategy or errors, never an exception.</summary>
public sealed class LanguageFuzzTests
{
    private static readonly string[] _pieces =
    [
        .. StrategyReference.All.Select(entry => entry.Name).Where(name => char.IsLetter(name[0])),
        "entry:", "exit:", "short_entry:", "stop:", "target:", "size:", "expiry:", "let a =", "let b =", "param n =",
        "a", "b", "n", "in", "step", "..", "(", ")", "[", "]", ",", ".", "+", "-", "*", "/", "<", ">", "<=", "==",
        "!=", "and", "or", "not", "1", "2", "14", "0.5", "5%", "0", "10000", "\n", "\n", "\n", " ", "# x", "signal",
    ];

    [Fact]
    public void Random_characters_give_errors_and_no_exception() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Try(text ?? "")));

    [Fact]
    public void Random_words_of_the_language_give_errors_or_a_strategy_that_runs() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Texts().ToArbitrary(), Try));

    [Fact]
    public void Random_expressions_run_and_look_at_no_later_bar()
    {
        var (history, accepted) = (Histories.Random(3, 120), 0);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(Conditions(4).ToArbitrary(), condition =>
            {
                var compilation = StrategyLanguage.Compile($"entry: {condition}\nstop: abs(close - open)");
                if (compilation.IsValid)
                {
                    accepted++;
                    Assert.Null(LookAheadCheck.Run(compilation.Strategy, history, []));
                }
            }));

        Assert.InRange(accepted, 500, 1000);
    }

    private static void Try(string text)
    {
        var compilation = StrategyLanguage.Compile(text);

        Assert.Equal(compilation.IsValid, compilation.Errors.Count == 0);
        if (compilation.IsValid)
        {
            var strategy = compilation.Strategy;
            Assert.Equal(60, strategy.Decide(Histories.Random(1, 60), strategy.Defaults(), default).Actions.Length);
        }
    }

    private static Gen<string> Texts() =>
        from length in Gen.Choose(1, 40)
        from pieces in Gen.ArrayOf(Gen.Elements(_pieces), length)
        from start in Gen.Elements("", "entry: ", "entry: close > 1\nexit: ", "let a = close\nparam n = 3 in 1..9\n")
        select start + string.Join(' ', pieces);

    private static Gen<string> Conditions(int depth) => depth == 0
        ? Numbers(0).Two().Select(pair => $"{pair.Item1} < {pair.Item2}")
        : Gen.OneOf(
            Numbers(depth - 1).Two().Select(pair => $"crosses_above({pair.Item1}, {pair.Item2})"),
            Numbers(depth - 1).Two().Select(pair => $"({pair.Item1} >= {pair.Item2})"),
            Conditions(depth - 1).Two().Select(pair => $"({pair.Item1} and {pair.Item2})"),
            Conditions(depth - 1).Two().Select(pair => $"({pair.Item1} or {pair.Item2})"),
            Conditions(depth - 1).Select(inner => $"not ({inner})"),
            Conditions(depth - 1).Select(inner => $"previous({inner}, 2)"));

    private static Gen<string> Numbers(int depth) => depth == 0
        ? Gen.Elements("close", "open", "high", "low", "volume", "2", "30", "rsi(14)", "macd.signal", "sar", "obv")
        : Gen.OneOf(
            Numbers(0),
            Numbers(depth - 1).Two().Select(pair => $"({pair.Item1} + {pair.Item2})"),
            Numbers(depth - 1).Two().Select(pair => $"({pair.Item1} / {pair.Item2})"),
            Numbers(depth - 1).Select(inner => $"ema({inner} - open, 3)"),
            Numbers(depth - 1).Select(inner => $"highest({inner} * close, 4)"),
            Numbers(depth - 1).Select(inner => $"(close + {inner})[2]"),
            Numbers(depth - 1).Select(inner => $"sqrt(abs({inner}))"));
}
