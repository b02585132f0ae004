using System.Globalization;
using Trading.Contracts;

namespace Trading.Web.Signals;

/// <summary>Figures of signals as they are shown.</summary>
internal static class SignalText
{
    public const string Nothing = "–";

    public static string Share(double? share) =>
        share is { } known ? known.ToString("0 %", CultureInfo.InvariantCulture) : Nothing;

    /// <summary>A share with its interval, and of how many.</summary>
    public static string Interval(ShareResponse share) => share.Share is null
        ? Nothing
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * share.Share:0.0} % ({100 * share.Low:0.0} to {100 * share.High:0.0}) of {share.Count}");

    public static string R(double? r) => r is { } known
        ? known.ToString("+0.00;\u22120.00;0.00", CultureInfo.InvariantCulture) + " R"
        : Nothing;

    public static string Number(double? value, string format = "0.00") =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? Nothing;

    public static string Day(DateTime? time) =>
        time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? Nothing;

    public static string State(string state) => state.Replace('_', ' ');

    /// <summary>The colour of a state, beside its name.</summary>
    public static string ToneOf(string state) => state switch
    {
        "target_hit" => "up",
        "stopped" => "down",
        _ => "muted",
    };

    public static string Confidence(SignalResponse signal) =>
        Share(signal.Confidence) + (signal.Calibrated ? "" : " uncalibrated");
}
