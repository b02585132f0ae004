using System.Runtime.Intrinsics;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>An operation on one bar, and on some at a time; both give the same bits.</summary>
internal interface IElement
{
    static abstract double Apply(double left, double right);

    static abstract Vector256<double> Apply(Vector256<double> left, Vector256<double> right);
}
