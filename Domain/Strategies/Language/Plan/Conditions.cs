using System.Runtime.Intrinsics;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>Truths as columns hold them: all bits set, or none.</summary>
internal static class Truth
{
    public static double Of(bool isTrue) => BitConverter.UInt64BitsToDouble(isTrue ? ulong.MaxValue : 0);
}

internal readonly struct IsLess : IElement
{
    public static double Apply(double left, double right) => Truth.Of(left < right);

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) =>
        Vector256.LessThan(left, right);
}

internal readonly struct IsLessOrEqual : IElement
{
    public static double Apply(double left, double right) => Truth.Of(left <= right);

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) =>
        Vector256.LessThanOrEqual(left, right);
}

internal readonly struct IsEqual : IElement
{
    public static double Apply(double left, double right) => Truth.Of(left == right);

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) =>
        Vector256.Equals(left, right);
}

/// <summary>False too where either is undefined.</summary>
internal readonly struct IsDifferent : IElement
{
    public static double Apply(double left, double right) => Truth.Of(left < right || left > right);

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) =>
        Vector256.LessThan(left, right) | Vector256.GreaterThan(left, right);
}

internal readonly struct Both : IElement
{
    public static double Apply(double left, double right) => BitConverter.UInt64BitsToDouble(
        BitConverter.DoubleToUInt64Bits(left) & BitConverter.DoubleToUInt64Bits(right));

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) => left & right;
}

internal readonly struct Either : IElement
{
    public static double Apply(double left, double right) => BitConverter.UInt64BitsToDouble(
        BitConverter.DoubleToUInt64Bits(left) | BitConverter.DoubleToUInt64Bits(right));

    public static Vector256<double> Apply(Vector256<double> left, Vector256<double> right) => left | right;
}
