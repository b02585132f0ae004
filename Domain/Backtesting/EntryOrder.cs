using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting;

/// <summary>An entry at the open of a bar, and what the account has for it.</summary>
internal readonly ref struct EntryOrder
{
    public required int Direction { get; init; }

    public required int Bar { get; init; }

    public required double Open { get; init; }

    /// <summary>NaN for none.</summary>
    public required double StopDistance { get; init; }

    /// <summary>NaN for none.</summary>
    public required double TargetDistance { get; init; }

    public required EntrySizing Sizing { get; init; }

    /// <summary>What the account is worth.</summary>
    public required decimal Equity { get; init; }

    /// <summary>What it may spend, or hold as collateral.</summary>
    public required decimal BuyingPower { get; init; }
}

/// <summary>How the entries of an instrument are sized.</summary>
internal sealed class EntrySizing
{
    // Above all that an account can hold, and far from overflow.
    private const double Most = 1e15;

    public EntrySizing(StrategyDecisions decisions, decimal unitStep, int instruments)
    {
        Rule = decisions.Size.Rule;
        Amount = (decimal)Math.Clamp(decisions.Size.Amount, 0, Most);
        UnitStep = unitStep;
        ExpiryBars = decisions.ExpiryBars;
        Fraction = Rule == PositionSizeRule.Equity && instruments > 1 ? Amount / instruments : Amount;
    }

    public PositionSizeRule Rule { get; }

    public decimal Amount { get; }

    /// <summary>Of equity, for the rules that are of it.</summary>
    public decimal Fraction { get; }

    public decimal UnitStep { get; }

    public int? ExpiryBars { get; }
}
