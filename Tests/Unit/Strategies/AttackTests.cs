using System.Diagnostics;
using Trading.Domain.Strategies.Language;
using Trading.Tests.Faults;

namespace Trading.Tests.Unit.Strategies;

/// <summary>
/// Texts that try to reach what is not theirs, or to cost what they should not. None is accepted, and each ends within
/// two seconds: measured while no other test runs, and once more where it took longer, as a machine has more to do.
/// </summary>
[Collection(AloneTests.Name)]
public sealed class AttackTests
{
    // Against what never ends.
    private static readonly TimeSpan _most = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    public static TheoryData<string, string> Attacks => new()
    {
        { "file read", "entry: File.ReadAllText(\"/etc/passwd\") > 1" },
        { "file open", "entry: open(\"/etc/passwd\") > 1" },
        { "file include", "include \"/etc/passwd\"" },
        { "file import", "import os\nentry: os.system(1) > 0" },
        { "file path", "let x = ../../etc/passwd" },
        { "file url", "entry: file:///etc/passwd > 1" },
        { "file write", "entry: close > 1 > /tmp/out" },
        { "network fetch", "entry: fetch(http://169.254.169.254/latest/meta-data) > 1" },
        { "network client", "entry: new HttpClient().GetStringAsync(\"http://localhost\").Result" },
        { "network socket", "entry: System.Net.Sockets.Socket(1, 2, 3) > 0" },
        { "network dns", "entry: Dns.GetHostName() > 0" },
        { "reflection type", "entry: close.GetType().Assembly.Location > 0" },
        { "reflection typeof", "entry: typeof(System.Diagnostics.Process) > 0" },
        { "reflection activator", "entry: Activator.CreateInstance(1) > 0" },
        { "reflection indicator", "entry: sma(5).GetType() > 0" },
        { "reflection member", "entry: macd.Definition > 0" },
        { "reflection dunder", "entry: close.__class__.__mro__ > 0" },
        { "reflection constructor", "entry: close.constructor.constructor(1) > 0" },
        { "environment variable", "entry: Environment.GetEnvironmentVariable(\"Auth__SigningKey\") > 0" },
        { "environment shell", "entry: $HOME > 0" },
        { "environment template", "entry: {{config.ServiceKey}} > 0" },
        { "environment braces", "entry: ${env:PATH} > 0" },
        { "environment exit", "entry: Environment.Exit(1) > 0" },
        { "process start", "entry: Process.Start(\"sh\") > 0" },
        { "process backtick", "entry: `id` > 0" },
        { "process shell", "entry: close > 1; rm -rf /" },
        { "process pipe", "entry: close > 1 | sh" },
        { "sql injection", "entry: close > 1'; DROP TABLE strategies; --" },
        { "script injection", "entry: <script>alert(1)</script>" },
        { "expression language", "entry: T(java.lang.Runtime).getRuntime() > 0" },
        { "log lookup", "entry: ${jndi:ldap://localhost/a} > 0" },
        { "format string", "entry: %n%n%n%s > 0" },
        { "code lambda", "entry: (() => 1) > 0" },
        { "code unsafe", "unsafe { *(int*)0 = 1; }" },
        { "code eval", "entry: eval(1) > 0" },
        { "clock", "entry: DateTime.UtcNow > 0" },
        { "other user's data", "entry: portfolio.cash > 0" },
        { "look ahead past", "entry: close[-1] > close" },
        { "look ahead previous", "entry: previous(close, 0 - 1) > close" },
        { "look ahead param", "param n = 1 in -1..1\nentry: close[n] > close" },
        { "look ahead series", "entry: close[0 - volume] > close" },
        { "deep brackets", "entry: " + new string('(', 4000) + "close" + new string(')', 4000) + " > 1" },
        { "deep brackets unclosed", "entry: " + new string('(', 9000) },
        { "deep indexes", "entry: close" + Repeat("[close", 1500) },
        { "deep indexes closed", "entry: close" + Repeat("[1", 700) + Repeat("]", 700) + " > 1" },
        { "deep calls", "entry: " + Repeat("abs(", 2000) + "close" + new string(')', 1000) + " > 1" },
        { "deep indicators", "entry: " + Repeat("ema(", 24) + "close" + Repeat(", 10000)", 24) + " > 1" },
        { "deep signs", "entry: " + new string('-', 9000) + "close > 1" },
        { "deep denials", "entry: " + Repeat("not ", 2000) + "close > 1" },
        { "deep signs in brackets", "entry: " + Repeat("(----", 24) + "x" },
        { "long sum", "entry: close" + Repeat("+1", 4000) + " > 1" },
        { "long logic", "entry: close > 1" + Repeat(" or close>1", 900) },
        { "long list", "entry: max(close" + Repeat(",1", 4000) + ") > 1" },
        { "long powers", "entry: close" + Repeat("[1]", 2000) + " > 1" },
        { "long text", new string('#', 10_001) },
        { "long blanks", new string(' ', 1_000_000) },
        { "long name", "entry: " + new string('a', 9000) + " > 1" },
        { "long member", "entry: macd." + new string('a', 9000) + " > 1" },
        { "many lines", Repeat("let a = 1\n", 1000) },
        { "many params", string.Concat(Enumerable.Range(0, 100).Select(n => $"param p{n} = 1 in 1..2\n")) },
        { "many indicators", string.Concat(Enumerable.Range(0, 100).Select(n => $"let i{n} = ema({n + 2})\n")) },
        { "doubling", Doubling(200, "a{0} * a{0} + a{0}[1]") },
        { "doubling logic", "let a0 = close > 1\n" + DoublingOf(300, "not (a{0} and not a{0}[1])") },
        { "huge loop", "while (true) {}" },
        { "huge loop for", "for i in 1..1000000000: close" },
        { "huge loop repeat", "entry: repeat(close, 1000000000) > 1" },
        { "huge recursion", "let f = f + 1\nentry: f > close" },
        { "huge mutual recursion", "let f = g\nlet g = f\nentry: f > close" },
        { "huge period", "entry: sma(999999999999) > 1" },
        { "huge window", "entry: highest(close, 2147483648) > 1" },
        { "huge shift", "entry: close[9223372036854775807] > 1" },
        { "huge periods together", "entry: cci(10000) > cci(9999) + cci(9998)" },
        { "huge number", "entry: close > " + new string('9', 400) },
        { "huge exponent", "entry: close > 1e999999999" },
        { "huge fraction", "entry: close > 0." + new string('9', 9000) },
        { "huge product", "entry: close > " + Repeat("999999999999 * ", 100) + "1" },
        { "huge param", "param n = 5 in 5..999999999999\nentry: ema(n) > 1" },
        { "not a number", "entry: close > NaN" },
        { "infinite", "entry: close > Infinity" },
        { "division by zero", "size: units(1 / 0)\nentry: close > 1" },
        { "negative size", "size: units(0 - 5)\nentry: close > 1" },
        { "whole account many times", "size: equity(100000%)\nentry: close > 1" },
        { "homoglyph of close", "entry: \u0441lose > 1" },
        { "homoglyph of ema", "entry: \u0435ma(12) > 1" },
        { "full width", "entry: \uFF43\uFF4C\uFF4F\uFF53\uFF45 > 1" },
        { "full width colon", "entry\uFF1A close > 1" },
        { "mathematical letters", "entry: \U0001D41C\U0001D425\U0001D428\U0001D42C\U0001D41E > 1" },
        { "bidi override", "entry: close \u202E> 1" },
        { "bidi override in a comment", "entry: close > 1 # \u202E 1 < esolc" },
        { "bidi isolate in a comment", "entry: close > 1 # \u2066 exit: \u2069" },
        { "zero width space", "entry: clo\u200Bse > 1" },
        { "zero width joiner", "entry: clo\u200Dse > 1" },
        { "byte order mark inside", "entry: clo\uFEFFse > 1" },
        { "soft hyphen", "entry: clo\u00ADse > 1" },
        { "no-break space", "entry:\u00A0close > 1" },
        { "combining mark", "entry: clos\u0301e > 1" },
        { "variation selector", "entry: close\uFE0F > 1" },
        { "tag characters", "entry: close\U000E0041 > 1" },
        { "unicode digits", "entry: close > \u0661\u0662" },
        { "unicode minus", "entry: close \u2212 1 > 1" },
        { "NUL", "entry: close > 1\0exit: close < 1" },
        { "NUL in a comment", "entry: close > 1 # \0" },
        { "escape sequence", "entry: close > 1 # \u001B[2J" },
        { "backspace", "entry: close > 1 # \b\b\b" },
        { "line separator in a comment", "# harmless\u2028entry: close > 1" },
        { "next line in a comment", "# harmless\u0085entry: close > 1" },
        { "carriage return in a comment", "# harmless\rentry: close > 1" },
        { "vertical tab", "entry: close > 1\vexit: close < 1" },
        { "form feed", "entry: close > 1\fexit: close < 1" },
        { "lone high surrogate", "entry: close > 1 # \uD800" },
        { "lone low surrogate", "entry: close > 1 # \uDC00" },
        { "swapped surrogates", "entry: close > 1 # \uDC00\uD800" },
        { "surrogate at the end", "entry: close > 1 \uD83D" },
        { "overlong slash", "entry: close > 1 \u00C0\u00AF" },
        { "overlong NUL", "entry: close > 1 \u00C0\u0080" },
        { "replacement character", "entry: clo\uFFFDse > 1" },
        { "private use", "entry: close > 1 # \uE000" },
        { "noncharacter", "entry: close > 1 # \uFFFF" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_attack_ends_with_a_clear_error(string name, string source)
    {
        var compilation = await InTimeAsync(name, _patience, () => StrategyLanguage.Compile(source));

        Assert.False(compilation.IsValid, $"{name} was accepted.");
        Assert.InRange(compilation.Errors.Count, 1, StrategyLimits.Errors);
        Assert.All(compilation.Errors, error =>
        {
            Assert.True(error is { Line: >= 1, Column: >= 1, Length: >= 0 }, error.ToString());
            Assert.Matches(@"^\S.{8,199}\.$", error.Message.Split('\n')[0]);
        });
    }

    [Fact]
    public void There_are_enough_attacks() => Assert.True(Attacks.Count >= 50);

    // What is accepted, however much of it, ends soon over a long history, or is given up when told.
    [Theory]
    [InlineData("entry: cci(4999) > cci(5000)")]
    [InlineData("entry: highest(close, 5000) > lowest(close, 4999)")]
    public async Task What_costs_much_ends_or_can_be_given_up(string source)
    {
        var (strategy, history) = (Strategy.Of(source), Histories.Random(1, 100_000));

        // Given up halfway, it has the other half to end.
        var ended = await InTimeAsync(source, _patience, () =>
        {
            using var patience = new CancellationTokenSource(_patience / 2);
            return Record.Exception(() => _ = strategy.Decide(history, [], patience.Token));
        });

        Assert.True(ended is null or OperationCanceledException, $"{ended}");
    }

    [Fact]
    public void As_much_as_is_allowed_is_held_in_little_memory_and_ends()
    {
        var source = string.Concat(Enumerable.Range(0, 32).Select(n => $"let i{n} = ema({n + 2})\n"))
            + "entry: " + string.Join(" and ", Enumerable.Range(1, 31).Select(n => $"i{n} > i{n - 1}"));

        var decisions = Strategy.Of(source).Decide(
            Histories.Random(2, 10_000), [], TestContext.Current.CancellationToken);

        Assert.Equal(10_000, decisions.Actions.Length);
    }

    // A stack that overflows ends the process: of the 1.5 MB that servers give a thread, a third has to do.
    [Theory]
    [InlineData("entry: ", "(", 24, "close", ")", " > 1")]
    [InlineData("entry: ", "(----", 24, "close", ")", " > 1")]
    [InlineData("entry: ", "not (not not (", 12, "close > 1", "))", "")]
    [InlineData("entry: ", "not (1 + -(2 * (", 8, "x", "", "")]
    [InlineData("entry: close", "", 140, "", "+open", " > 1")]
    [InlineData("entry: close", "", 270, "", "[1]", " > 1")]
    [InlineData("entry: close > 1", "", 360, "", " or close > 2", "")]
    [InlineData("param n = 2 in 1..3\nentry: close > n", "", 700, "", "+n", "")]
    public void As_deep_as_is_allowed_takes_little_stack(
        string start, string open, int times, string inner, string close, string end)
    {
        var source = start + Repeat(open, times) + inner + Repeat(close, times) + end;
        var history = Histories.Random(4, 50);
        var isDone = false;
        var thread = new Thread(
            () =>
            {
                if (StrategyLanguage.Compile(source).Strategy is { } strategy)
                {
                    strategy.Decide(history, strategy.Defaults(), default);
                }

                isDone = true;
            },
            512 * 1024);

        thread.Start();
        thread.Join();

        Assert.True(isDone);
    }

    [Fact]
    public void What_doubles_with_every_line_is_computed_once_a_line()
    {
        var decisions = Strategy.Of(Doubling(90, "a{0} + a{0} - a{0}[1]")).Decide(
            Histories.Random(2, 10_000), [], TestContext.Current.CancellationToken);

        Assert.Equal(10_000, decisions.Actions.Length);
    }

    private static async Task<T> InTimeAsync<T>(string what, TimeSpan most, Func<T> work)
    {
        var (result, took) = await TimeAsync(work);
        (result, took) = took <= most ? (result, took) : await TimeAsync(work);
        Assert.True(took <= most, $"{what} took {took.TotalSeconds:0.0} s, twice.");
        return result;
    }

    private static async Task<(T Result, TimeSpan Took)> TimeAsync<T>(Func<T> work)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await Task.Run(work, TestContext.Current.CancellationToken)
            .WaitAsync(_most, TestContext.Current.CancellationToken);
        return (result, Stopwatch.GetElapsedTime(started));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Doubling(int times, string formula) =>
        "let a0 = close\n" + DoublingOf(times, formula) + $"entry: a{times} > 1";

    private static string DoublingOf(int times, string formula) => string.Concat(
        Enumerable.Range(0, times).Select(n => $"let a{n + 1} = {formula.Replace("{0}", $"{n}", StringComparison.Ordinal)}\n"));
}
