namespace Trading.Domain.Backtesting;

/// <summary>What a result was computed from: the same stamp and settings give the same result, bit for bit.</summary>
/// <param name="DataVersion">A hash over all bars and dividends; see <see cref="Backtesting.DataVersion"/>.</param>
/// <param name="CodeVersion">The version of the program.</param>
/// <param name="Strategy">The strategy's name, with its version where it has one.</param>
/// <param name="Arguments">Its parameters' values by their names.</param>
/// <param name="Universe">How the instruments were chosen.</param>
public sealed record BacktestStamp(
    string DataVersion,
    string CodeVersion,
    string Strategy,
    IReadOnlyDictionary<string, double> Arguments,
    UniverseKind Universe);
