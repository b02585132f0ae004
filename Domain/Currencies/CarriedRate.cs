namespace Trading.Domain.Currencies;

/// <summary>The rate that holds on a date: that of the day, or the last one before it.</summary>
/// <param name="Rate">The rate and the day it was published on.</param>
/// <param name="Asked">The date it was asked for.</param>
public readonly record struct CarriedRate(ReferenceRate Rate, DateOnly Asked)
{
    /// <summary>Calendar days that the rate is older than the date; 0 where it is of that day.</summary>
    public int Days => Asked.DayNumber - Rate.Date.DayNumber;
}
