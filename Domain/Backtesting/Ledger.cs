using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting;

/// <summary>The account's cash, and every fill and fee, in decimals.</summary>
internal sealed class Ledger(BacktestSettings settings)
{
    private const double LowestPrice = 1e-9;
    private const double HighestPrice = 1e12;

    // Counts of steps up to here are exact as doubles.
    private const double MostExact = 1e14;

    private readonly TradingCosts _costs = settings.Costs;
    private readonly decimal _higher = 1 + settings.Costs.SlippageRate;
    private readonly decimal _lower = 1 - settings.Costs.SlippageRate;
    private readonly decimal _withFee = 1 + settings.Costs.FeeRate;
    private readonly bool _isFree = settings.Costs is { FeeRate: 0, FeePerOrder: 0 };
    private readonly bool _slips = settings.Costs.SlippageRate != 0;

    public decimal Cash { get; private set; } = settings.InitialCash;

    /// <summary>The value of all fills.</summary>
    public decimal Traded { get; private set; }

    public int Reduced { get; private set; }

    public int Refused { get; private set; }

    public List<Trade> Trades { get; } = [];

    /// <summary>Fills an entry as far as it can be paid; false where not one unit can.</summary>
    public bool TryEnter(ref OpenPosition position, in EntryOrder order)
    {
        var price = Slip(Price(order.Open), order.Direction);
        var units = Units(order, price);
        if (units <= 0)
        {
            Refused++;
            return false;
        }

        var value = units * price;
        var fee = Charge(value);
        Cash -= order.Direction > 0 ? value + fee : fee - value;
        Open(ref position, order, units, price, fee);
        return true;
    }

    /// <summary>Leaves a position; orders at the market slip, limits do not.</summary>
    public void Exit(ref OpenPosition position, ReadOnlySpan<DateTime> times, string ticker, in ExitFill fill)
    {
        var direction = position.Direction;
        var price = Price(fill.Price);
        if (fill.Reason != ExitReason.Target)
        {
            price = Slip(price, -direction);
        }

        var value = position.Units * price;
        var fee = Charge(value);
        Cash += direction > 0 ? value - fee : -value - fee;
        Trades.Add(ClosedTrade.Of(position, price, position.EntryFee + fee, times, ticker, fill));
        position = new();
    }

    public void PayDividend(ref OpenPosition position, decimal amount)
    {
        var paid = position.Direction * position.Units * amount;
        Cash += paid;
        position.Dividends += paid;
        position.HasHoldingCash = true;
    }

    /// <summary>Charges what borrowing the units costs for some days at their last price.</summary>
    public void ChargeBorrowing(ref OpenPosition position, double price, double days)
    {
        var cost = position.Units * (decimal)price * _costs.BorrowRate * (decimal)days / 365;
        Cash -= cost;
        position.BorrowCost += cost;
        position.HasHoldingCash = true;
    }

    private static decimal Price(double price)
    {
        if (price is not (>= LowestPrice and <= HighestPrice))
        {
            throw new ArgumentException($"A price of {price} cannot be traded: prices are from 1e-9 to 1e12.");
        }

        // The conversion of any double is slow; most prices are in cents.
        var cents = Math.Round(price * 100);
        if (cents / 100 != price)
        {
            return (decimal)price;
        }

        var whole = (long)cents;
        return new((int)whole, (int)(whole >> 32), 0, false, 2);
    }

    private static void Open(
        ref OpenPosition position, in EntryOrder order, decimal units, decimal price, decimal fee)
    {
        position = new()
        {
            Direction = order.Direction,
            Units = units,
            EntryPrice = price,
            EntryFee = fee,
            EntryBar = order.Bar,
            SignedUnits = order.Direction * (double)units,
            ExpiryBar = order.Sizing.ExpiryBars is { } bars && bars < int.MaxValue - order.Bar
                ? order.Bar + bars : int.MaxValue,
            Stop = Level(price, -order.Direction, order.StopDistance),
            Target = Level(price, order.Direction, order.TargetDistance),
        };
    }

    /// <summary>In decimals, so that 28 and 0.76 away from it is the price of a bar that touches 28.76.</summary>
    private static double Level(decimal price, int side, double distance) => distance < HighestPrice
        ? (double)(price + (side * (decimal)distance))
        : (double)price + (side * distance);

    private static decimal WholeSteps(decimal amount, decimal perStep)
    {
        var estimate = Math.Floor((double)amount / (double)perStep);
        if (estimate >= MostExact)
        {
            return decimal.Floor(amount / perStep);
        }

        // Off by one at most: the doubles are rounded.
        var steps = (decimal)(long)estimate;
        return steps * perStep > amount ? steps - 1 : (steps + 1) * perStep <= amount ? steps + 1 : steps;
    }

    /// <summary>Who buys pays more, who sells receives less.</summary>
    private decimal Slip(decimal price, int side) => _slips ? price * (side > 0 ? _higher : _lower) : price;

    private decimal Charge(decimal value)
    {
        Traded += value;
        return _isFree ? 0 : (value * _costs.FeeRate) + _costs.FeePerOrder;
    }

    private decimal Units(in EntryOrder order, decimal price)
    {
        var sizing = order.Sizing;
        var perStep = price * _withFee;
        perStep = sizing.UnitStep == 1 ? perStep : perStep * sizing.UnitStep;
        var available = order.BuyingPower - _costs.FeePerOrder;
        if (available < perStep)
        {
            return 0;
        }

        switch (sizing.Rule)
        {
            case PositionSizeRule.Equity:
                var share = (order.Equity * sizing.Fraction) - _costs.FeePerOrder;
                return Spend(share, available, perStep) * sizing.UnitStep;
            case PositionSizeRule.Cash:
                return Spend(sizing.Amount - _costs.FeePerOrder, available, perStep) * sizing.UnitStep;
            case PositionSizeRule.Units:
                return Take((double)sizing.Amount, available, perStep, sizing.UnitStep);
            default:
                // Without a stop this is no number, and nothing is taken.
                var atRisk = (double)(order.Equity * sizing.Fraction) / order.StopDistance;
                return Take(atRisk, available, perStep, sizing.UnitStep);
        }
    }

    /// <summary>The steps that an amount pays, fees included.</summary>
    private decimal Spend(decimal amount, decimal available, decimal perStep)
    {
        if (amount > available)
        {
            Reduced++;
            amount = available;
        }

        return amount < perStep ? 0 : WholeSteps(amount, perStep);
    }

    /// <summary>The units of those wanted that can be paid.</summary>
    private decimal Take(double units, decimal available, decimal perStep, decimal step)
    {
        var affordable = WholeSteps(available, perStep);
        var wanted = Math.Floor(units / (double)step * (1 + 1e-12));
        if (wanted > (double)affordable)
        {
            Reduced++;
            return affordable * step;
        }

        return wanted >= 1 ? (decimal)wanted * step : 0;
    }
}
