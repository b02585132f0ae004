using System.Globalization;
using System.Text.Json;
using Trading.Domain.Backtesting;
using Trading.Domain.Indicators;
using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Backtesting;

/// <summary>A moving-average cross of GOOG against the figures of another package.</summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 1e-8;

    // The first bar on which the other package evaluates signals; it holds GOOG from the one before.
    private const int First = 30;

    [Fact]
    public void The_cross_of_goog_gives_every_figure_of_the_other_package()
    {
        var history = Goog();
        using var vector = JsonDocument.Parse(
            File.ReadAllText(SharedData.PathOf("vectors/backtest/sma-cross-goog.json")));
        var expected = vector.RootElement.GetProperty("expected");
        var settings = Given.Free with
        {
            InitialCash = 10_000,
            LastBar = LastBarFill.Open,
            From = history.Times.Span[First - 1],
        };

        var report = Given.Run(history, new() { Actions = Cross(history.Close.Span) }, settings);

        Equal("# Trades", report.TradeMetrics.Trades);
        Equal("Equity Final [$]", report.Performance.FinalEquity);
        Equal("Equity Peak [$]", report.Performance.PeakEquity);
        Equal("Return [%]", 100 * report.Performance.TotalReturn);
        Equal("Max. Drawdown [%]", 100 * report.Performance.MaxDrawdown);
        Equal("Win Rate [%]", 100 * report.TradeMetrics.WinRate);
        Equal("Best Trade [%]", 100 * report.TradeMetrics.BestReturn);
        Equal("Worst Trade [%]", 100 * report.TradeMetrics.WorstReturn);
        Equal("Buy & Hold Return [%]", 100 * report.Benchmark!.TotalReturn);
        Assert.Equal(9, expected.EnumerateObject().Count());
        Assert.All(vector.RootElement.GetProperty("firstThreeTrades").EnumerateArray().Zip(report.Trades), Same);

        void Equal(string figure, double? actual) =>
            Assert.Equal(1, actual / expected.GetProperty(figure).GetDouble() ?? 0, Tolerance);
    }

    private static void Same((JsonElement Expected, Trade Actual) pair)
    {
        var (expected, actual) = pair;
        Assert.Equal(expected.GetProperty("size").GetDecimal(), (int)actual.Direction * actual.Units);
        Assert.Equal(expected.GetProperty("entryDate").GetString(), Date(actual.EntryTime));
        Assert.Equal(expected.GetProperty("exitDate").GetString(), Date(actual.ExitTime));
        Assert.Equal(expected.GetProperty("entryPrice").GetDecimal(), actual.EntryPrice);
        Assert.Equal(expected.GetProperty("exitPrice").GetDecimal(), actual.ExitPrice);
        Assert.Equal(expected.GetProperty("pnl").GetDecimal(), actual.Profit);
    }

    private static string Date(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static StrategyAction[] Cross(ReadOnlySpan<double> close)
    {
        var (fast, slow) = (new double[close.Length], new double[close.Length]);
        Sma.Compute(close, 10, fast);
        Sma.Compute(close, 30, slow);
        var actions = new StrategyAction[close.Length];
        for (var bar = First; bar < close.Length; bar++)
        {
            actions[bar] = fast[bar - 1] < slow[bar - 1] && fast[bar] > slow[bar] ? StrategyAction.EnterLong
                : fast[bar - 1] > slow[bar - 1] && fast[bar] < slow[bar] ? StrategyAction.EnterShort
                : StrategyAction.None;
        }

        return actions;
    }

    private static PriceHistory Goog()
    {
        var rows = File.ReadLines(SharedData.PathOf("vectors/backtest/goog-daily-2004-2013.csv")).Skip(1)
            .Select(line => line.Split(',')).ToArray();
        return new(
            rows.Select(row => DateTime.Parse(row[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal
                | DateTimeStyles.AdjustToUniversal)).ToArray(),
            Column(1), Column(2), Column(3), Column(4), Column(5));

        double[] Column(int index) =>
            [.. rows.Select(row => double.Parse(row[index], CultureInfo.InvariantCulture))];
    }
}
