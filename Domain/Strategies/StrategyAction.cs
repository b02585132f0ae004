namespace Trading.Domain.Strategies;

/// <summary>What a strategy wants at the close of a bar; it is done at the open of the next.</summary>
[Flags]
public enum StrategyAction : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Buy, unless long already.</summary>
    EnterLong = 1,

    /// <summary>Sell what is held.</summary>
    ExitLong = 2,

    /// <summary>Sell short, unless short already.</summary>
    EnterShort = 4,

    /// <summary>Buy back what was sold short.</summary>
    ExitShort = 8,
}
