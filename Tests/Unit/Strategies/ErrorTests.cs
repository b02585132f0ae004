using Trading.Domain.Strategies.Language;

namespace Trading.Tests.Unit.Strategies;

/// <summary>Each error says where it is, what is wrong, and what to do.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("entry: emma(12) > 1", 8, 4, "There is nothing called emma.", "Did you mean ema?")]
    [InlineData("entry: clsoe > 1", 8, 5, "nothing called clsoe", "Did you mean close?")]
    [InlineData("entry: RSI(14) > 1", 8, 3, "nothing called RSI", "Did you mean rsi?")]
    [InlineData("entry: cross_above(close, 1)", 8, 11, "nothing called cross_above", "Did you mean crosses_above?")]
    [InlineData("entry: xyzzy(14) > 1", 8, 5, "nothing called xyzzy", "let")]
    [InlineData("enrty: close > 1", 1, 5, "no clause enrty", "Did you mean entry?")]
    [InlineData("fast = 12", 1, 4, "no clause fast", "let fast = ...")]
    [InlineData("entry: macd.signl > 1", 13, 5, "macd has no series signl", "Did you mean signal?")]
    [InlineData("entry: close.signal > 1", 14, 6, "Only an indicator", "macd(12, 26, 9).signal")]
    [InlineData("entry: close > 1 &", 18, 1, "found '&'", "Write and.")]
    [InlineData("entry: close > 1 || close < 1", 18, 1, "found '|'", "Write or.")]
    [InlineData("entry: !close", 8, 1, "found '!'", "Write not.")]
    [InlineData("entry: close = 1", 14, 1, "found '='", "==")]
    [InlineData("entry: close ^ 2 > 1", 14, 1, "found '^'", "x * x")]
    [InlineData("entry: close > 1e5", 17, 2, "found e5", "in full")]
    [InlineData("entry: close > \"a\"", 16, 1, "found", "only numbers")]
    [InlineData("entry: close > ", 15, 0, "Expected a value, but the line ends.", null)]
    [InlineData("entry: (close > 1", 18, 0, "the line ends", "A bracket is not closed.")]
    [InlineData("entry close > 1", 7, 5, "Expected ':', found close.", null)]
    [InlineData("param fast = 12", 16, 0, "but the line ends", "in 5..50")]
    [InlineData("entry: close > 1 exit: close < 1", 18, 4, "found exit", "line of its own")]
    [InlineData("entry: close", 8, 5, "entry: needs a condition", "rsi(14) < 30")]
    [InlineData("entry: not close", 12, 5, "not needs a condition", "Compare")]
    [InlineData("entry: 30 < rsi(14) < 70", 8, 12, "This is a condition", "low < x and x < high")]
    [InlineData("entry: close > 1 and 5", 22, 1, "and needs a condition", "Compare")]
    [InlineData("entry: (close > 1) + 1 > 2", 8, 11, "This is a condition", "Join")]
    [InlineData("entry: close > close + 5%", 16, 10, "percentage cannot be added", "close * (1 + 5%)")]
    [InlineData("entry: ema(close, volume) > 1", 19, 6, "period of ema must be the same at every bar", "param")]
    [InlineData("entry: ema(0) > 1", 12, 1, "from 1 to 10000, not 0", null)]
    [InlineData("entry: ema(20000) > 1", 12, 5, "from 1 to 10000, not 20000", null)]
    [InlineData("entry: ema(2.5) > 1", 12, 3, "whole number", "round")]
    [InlineData("entry: ema(1, 2) > 1", 15, 1, "ema takes 1 numbers, was given 2", "ema(source = close, period = 20)")]
    [InlineData("entry: atr(close, 14) > 1", 12, 5, "always reads the bars", "numbers or params")]
    [InlineData("entry: ema(close > 1, 5) > 1", 12, 9, "this is a condition", null)]
    [InlineData("entry: close[-1] > 1", 14, 2, "look ahead", "close[1]")]
    [InlineData("entry: previous(close, -5) > 1", 24, 2, "look ahead", "close[1]")]
    [InlineData("entry: close[volume] > 1", 14, 6, "whole number from 0", "param")]
    [InlineData("entry: 5[1] > 1", 8, 1, "same at every bar", "close[1]")]
    [InlineData("entry: highest(close) > 1", 8, 14, "not called with 1", "highest(x, n)")]
    [InlineData("entry: highest > 1", 8, 7, "is a function", "highest(x, n)")]
    [InlineData("entry: close(1) > 1", 8, 5, "close is no function", "close[1]")]
    [InlineData("entry: risk(1) > 1", 8, 4, "says how much", "size:")]
    [InlineData("entry: crosses_above(1, 2)", 8, 19, "same at every bar", "series")]
    [InlineData("entry: 1 / 0 > close", 8, 5, "divide by zero", "parameters")]
    [InlineData("entry: log(0) > close", 8, 6, "not defined", null)]
    [InlineData("exit: close > 1\nshort_entry: close > 2", 1, 4, "exit: needs entry: too.", null)]
    [InlineData("let x = 1", 10, 0, "never buys", "entry: rsi(14) < 30")]
    [InlineData("", 1, 0, "never buys", "entry: rsi(14) < 30")]
    public void An_error_has_its_place_and_a_hint(string source, int column, int length, string message, string? hint)
    {
        var error = Strategy.ErrorOf(source);

        Assert.Equal((1, column, length), (error.Line, error.Column, error.Length));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(hint ?? "", error.Hint ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("param fast = 60 in 5..50", 14, "outside of its own range")]
    [InlineData("param fast = 6 in 50..5", 19, "ends before it starts")]
    [InlineData("param fast = 6 in 5..50 step 0", 30, "above zero")]
    [InlineData("param fast = 6% in 5..50", 14, "percentages")]
    [InlineData("param fast = close in 5..50", 14, "number is needed")]
    [InlineData("param ema = 6 in 5..50", 7, "word of the language")]
    [InlineData("let in = 6", 5, "word of the language")]
    [InlineData("let a = 6\nlet a = 7", 5, "There is a a already")]
    [InlineData("let a = b\nlet b = 7", 9, "nothing called b")]
    [InlineData("stop: 0", 7, "above zero")]
    [InlineData("stop: close > 1", 7, "needs a distance")]
    [InlineData("expiry: 0 bars", 9, "whole number of bars")]
    [InlineData("expiry: close", 9, "whole number of bars")]
    [InlineData("size: 5", 7, "is one of")]
    [InlineData("size: equity(1)", 14, "percentage")]
    [InlineData("size: equity(200%)", 14, "percentage")]
    [InlineData("size: cash(-1)", 12, "above 0")]
    [InlineData("size: risk(1%)", 1, "needs stop: too")]
    [InlineData("entry: close > 2", 1, "second entry")]
    public void A_clause_that_makes_no_sense_is_told(string clause, int column, string message)
    {
        var errors = StrategyLanguage.Compile("entry: close > 1\n" + clause).Errors;

        Assert.Contains(errors, error =>
            error.Line > 1 && error.Column == column && error.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Errors_of_several_lines_are_told_at_once_in_their_order()
    {
        var errors = StrategyLanguage.Compile(
            """
            param fast = 12 in 5..
            let slow_average = ema(slow)
            let unused = (1 + 2
            entry: crosses_above(ema(fast), slow_average)
            exit: closee < 1 and opne > 1
            """).Errors;

        Assert.Equal([1, 2, 3, 5, 5], errors.Select(error => error.Line));
    }

    [Fact]
    public void A_param_is_checked_over_its_whole_range()
    {
        var error = Strategy.ErrorOf("param n = 5 in 0..50\nentry: ema(n) > 1");

        Assert.Equal(2, error.Line);
        Assert.Contains("goes from 0 to 50", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_end_as_on_any_system()
    {
        var error = Strategy.ErrorOf("# one\r\n\r\nentry: close > 1\r\nexit: x\r\n");

        Assert.Equal((4, 7), (error.Line, error.Column));
    }
}
