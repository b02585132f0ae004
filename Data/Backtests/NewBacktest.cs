namespace Trading.Data.Backtests;

/// <summary>A backtest to be stored.</summary>
/// <param name="Id">Its id, and that of its job.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Name">What the user calls it.</param>
/// <param name="Spec">What is run.</param>
/// <param name="Trials">Combinations of parameters.</param>
/// <param name="Bars">Bars of one trial, estimated.</param>
public sealed record NewBacktest(Guid Id, Guid UserId, string? Name, BacktestSpec Spec, int Trials, long Bars);
