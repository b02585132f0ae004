using System.Globalization;

namespace Trading.Domain.Indicators;

/// <summary>A number that an indicator is computed with.</summary>
/// <param name="Name">Its name, such as <c>period</c>.</param>
/// <param name="Default">The value unless told.</param>
/// <param name="Minimum">The smallest value allowed.</param>
/// <param name="Maximum">The largest value allowed.</param>
/// <param name="IsInteger">True for a count of bars.</param>
public sealed record IndicatorParameter(string Name, double Default, double Minimum, double Maximum, bool IsInteger)
{
    /// <summary>The longest period of any indicator, in bars.</summary>
    public const int LongestPeriod = 10_000;

    /// <summary>Returns the value, for one that is allowed.</summary>
    /// <param name="value">The value to check.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range or no number, or broken where bars are
    /// counted.</exception>
    public double Check(double value) => IsAllowed(value)
        ? value
        : throw new ArgumentOutOfRangeException(Name, value, string.Create(
            CultureInfo.InvariantCulture,
            $"{Name} must be {(IsInteger ? "an integer" : "a number")} from {Minimum} to {Maximum}."));

    /// <inheritdoc cref="Check(double)"/>
    public int Check(int value) => (int)Check((double)value);

    internal static IndicatorParameter Bars(string name, int initial, int minimum = 1) =>
        new(name, initial, minimum, LongestPeriod, true);

    internal static IndicatorParameter Period(int initial, int minimum = 1) => Bars("period", initial, minimum);

    internal static IndicatorParameter Number(string name, double initial, double minimum, double maximum) =>
        new(name, initial, minimum, maximum, false);

    private bool IsAllowed(double value) =>
        value >= Minimum && value <= Maximum && (!IsInteger || value == Math.Floor(value));
}
