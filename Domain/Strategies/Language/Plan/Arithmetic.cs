using System.Runtime.Intrinsics;

namespace Trading.Domain.Strategies.Language.Plan;

internal readonly struct Sum : IElement
{
    public static double Apply(double left, double right) => left + right;

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) => left + right;
}

internal readonly struct Difference : IElement
{
    public static double Apply(double left, double right) => left - right;

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) => left - right;
}

internal readonly struct Product : IElement
{
    public static double Apply(double left, double right) => left * right;

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) => left * right;
}

/// <summary>Undefined where divided by zero, not infinite.</summary>
internal readonly struct Quotient : IElement
{
    public static double Apply(double left, double right) => right == 0 ? double.NaN : left / right;

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) =>
        Vector256.ConditionalSelect(
            Vector256.Equals(right, Vector256<double>.Zero), Vector256.Create(double.NaN), left / right);
}

/// <summary>Undefined where either is, as the larger.</summary>
internal readonly struct Smaller : IElement
{
    public static double Apply(double left, double right) => Math.Min(left, right);

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) =>
        Vector256.Min(left, right);
}

internal readonly struct Larger : IElement
{
    public static double Apply(double left, double right) => Math.Max(left, right);

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) =>
        Vector256.Max(left, right);
}

internal readonly struct Magnitude : IElement
{
    public static double Apply(double left, double right) => Math.Abs(left);

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) => Vector256.Abs(left);
}

internal readonly struct Root : IElement
{
    public static double Apply(double left, double right) => Math.Sqrt(left);

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) => Vector256.Sqrt(left);
}

/// <summary>The natural logarithm, undefined from 0 down. One after the other, so that all bars get the same bits.</summary>
internal readonly struct Log : IElement
{
    public static double Apply(double left, double right) => left > 0 ? Math.Log(left) : double.NaN;

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) => Vector256.Create(
        Apply(left[0], 0), Apply(left[1], 0), Apply(left[2], 0), Apply(left[3], 0));
}

/// <summary>To the nearest whole number, halves away from zero.</summary>
internal readonly struct Rounded : IElement
{
    public static double Apply(double left, double right) => Math.Round(left, MidpointRounding.AwayFromZero);

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) => Vector256.Create(
        Apply(left[0], 0), Apply(left[1], 0), Apply(left[2], 0), Apply(left[3], 0));
}
