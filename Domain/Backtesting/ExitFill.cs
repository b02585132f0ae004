namespace Trading.Domain.Backtesting;

/// <summary>Where and why a position is left, before slippage.</summary>
internal readonly record struct ExitFill(int Bar, double Price, ExitReason Reason);
