namespace Trading.Domain.Backtesting;

/// <summary>A position from its entry on; flat where <see cref="Direction"/> is 0.</summary>
internal struct OpenPosition
{
    public OpenPosition()
    {
    }

    /// <summary>1 long, -1 short, 0 flat.</summary>
    public int Direction { get; set; }

    public decimal Units { get; set; }

    public decimal EntryPrice { get; set; }

    public decimal EntryFee { get; set; }

    public decimal Dividends { get; set; }

    public decimal BorrowCost { get; set; }

    public int EntryBar { get; set; }

    /// <summary>The bar at whose close it is left.</summary>
    public int ExpiryBar { get; set; } = int.MaxValue;

    /// <summary>NaN for none.</summary>
    public double Stop { get; set; } = double.NaN;

    /// <summary>NaN for none.</summary>
    public double Target { get; set; } = double.NaN;

    /// <summary>The lowest and the highest price while held.</summary>
    public double Lowest { get; set; } = double.MaxValue;

    public double Highest { get; set; } = double.MinValue;

    /// <summary>Negative where sold short.</summary>
    public double SignedUnits { get; set; }

    /// <summary>Whether holding it paid or cost anything.</summary>
    public bool HasHoldingCash { get; set; }

    public readonly bool IsFlat => Direction == 0;

    public void See(double low, double high)
    {
        Lowest = Math.Min(Lowest, low);
        Highest = Math.Max(Highest, high);
    }
}
