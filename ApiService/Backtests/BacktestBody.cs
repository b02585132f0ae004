using System.Buffers;
using System.Text.Json;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Data.Jobs;

namespace Trading.ApiService.Backtests;

/// <summary>Shows backtests; a stored result is passed on as it stands.</summary>
internal static class BacktestBody
{
    public static BacktestSummaryResponse Describe(BacktestRow row, DateTime now) => new()
    {
        Id = row.Id,
        Name = row.Name,
        State = row.State,
        Error = row.Error,
        Progress = row.State == JobState.Running ? ProgressOf(row, now) : null,
        Strategy = row.Strategy,
        StrategyId = row.Spec.StrategyId,
        StrategyVersion = row.Spec.StrategyVersion,
        Arguments = row.Spec.Arguments,
        Instruments = [.. row.Spec.Instruments.Select(instrument => instrument.Ticker)],
        Interval = row.Spec.Interval,
        From = row.Spec.From,
        To = row.Spec.To,
        Trials = row.TrialCount,
        Figures = row.Figures is { } figures ? FiguresOf(figures) : null,
        CreatedAt = row.CreatedAt,
        StartedAt = row.StartedAt,
        FinishedAt = row.FinishedAt,
    };

    /// <summary>Writes a backtest with what was asked for and its result.</summary>
    public static void Write(IBufferWriter<byte> buffer, BacktestRow row, DateTime now, byte[]? result)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(Describe(row, now), ApiJson.Default.BacktestSummaryResponse);
        buffer.Write(text.AsSpan(0, text.Length - 1));
        buffer.Write(",\"request\":"u8);
        buffer.Write(JsonSerializer.SerializeToUtf8Bytes(SettledRequest.Of(row), ApiJson.Default.BacktestRequest));
        buffer.Write(",\"result\":"u8);
        if (result is null)
        {
            buffer.Write("null"u8);
        }
        else
        {
            buffer.Write(CompressedJson.Read(result));
        }

        buffer.Write("}"u8);
    }

    public static JsonBytes Of(BacktestRow row, DateTime now, byte[]? result, int status, string? location = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, row, now, result);
        return new JsonBytes(buffer.WrittenMemory, status) { Location = location };
    }

    private static BacktestProgress ProgressOf(BacktestRow row, DateTime now)
    {
        var seconds = row.StartedAt is { } started ? (now - started).TotalSeconds : 0;
        double? rate = row.Done > 0 && seconds > 0 ? row.Done / seconds : null;
        return new(row.Done, row.Total, rate, rate > 0 ? Math.Max(row.Total - row.Done, 0) / rate : null);
    }

    private static BacktestFigures FiguresOf(StoredFigures figures) => new(
        figures.TotalReturn,
        figures.Cagr,
        figures.Volatility,
        figures.Sharpe,
        figures.MaxDrawdown,
        figures.WinRate,
        figures.ProfitFactor,
        figures.Trades,
        figures.DeflatedSharpe,
        figures.LooksAhead,
        figures.Bars,
        figures.DurationMs);
}
