using System.Globalization;

namespace Trading.Domain.Market;

/// <summary>
/// Finds daily changes too large to believe: of 50 % or more against the last accepted close, unless splits and
/// dividends since then explain it. Feed it the closes of one instrument in order of session.
/// </summary>
/// <remarks>
/// A close that agrees with the quarantined one before it confirms that level, which holds from there on: of a lasting
/// change only the jump itself is quarantined. Closes further apart than <see cref="LongestGapInDays"/> are no daily
/// change and not compared.
/// </remarks>
/// <param name="actions">The instrument's corporate actions, in any order.</param>
public sealed class JumpGuard(IReadOnlyList<CorporateAction> actions)
{
    /// <summary>The smallest change that is quarantined, as a fraction.</summary>
    public const double Threshold = 0.5;

    /// <summary>Calendar days after which two closes say nothing about one day's change.</summary>
    public const int LongestGapInDays = 31;

    private Level? _accepted;
    private Level? _quarantined;

    /// <summary>Tells the close that the next one is compared with, such as the last one already stored.</summary>
    /// <param name="session">Its session.</param>
    /// <param name="close">Its close.</param>
    public void StartFrom(DateOnly session, double close) => _accepted = new Level(session, close);

    /// <summary>Tells of a close after that one which was quarantined before, and which the next may confirm.</summary>
    /// <param name="session">Its session.</param>
    /// <param name="close">Its close.</param>
    public void DoubtFrom(DateOnly session, double close) => _quarantined = new Level(session, close);

    /// <summary>Judges the next close.</summary>
    /// <param name="session">Its session, after those before.</param>
    /// <param name="close">Its close; positive.</param>
    /// <returns>The defect, or null where the close is accepted.</returns>
    public BarDefect? Check(DateOnly session, double close)
    {
        var next = new Level(session, close);
        if (_accepted is not { } accepted || Follows(accepted, next)
            || (_quarantined is { } jump && Follows(jump, next)))
        {
            _accepted = next;
            _quarantined = null;
            return null;
        }

        _quarantined = next;
        return Jump(accepted, next);
    }

    private bool Follows(Level before, Level next) =>
        next.Session.DayNumber - before.Session.DayNumber > LongestGapInDays
        || IsOrdinary(next.Close / before.Close)
        || IsOrdinary(Undo(before, next) / before.Close);

    private static bool IsOrdinary(double ratio) => Math.Abs(ratio - 1) < Threshold;

    /// <summary>The close as it would be had the actions since the close before not happened.</summary>
    private double Undo(Level before, Level next)
    {
        var close = next.Close;
        foreach (var action in actions)
        {
            if (action.ExDate > before.Session && action.ExDate <= next.Session)
            {
                close = action.Kind == CorporateActionKind.Split ? close * action.Value : close + action.Value;
            }
        }

        return close;
    }

    private static BarDefect Jump(Level before, Level next) => new(
        "jump",
        string.Create(
            CultureInfo.InvariantCulture,
            $"close {next.Close} is {100 * ((next.Close / before.Close) - 1):+0.0;-0.0} % from {before.Close} on "
            + $"{before.Session:yyyy-MM-dd}, and no corporate action explains it"),
        Quarantined: true);

    private readonly record struct Level(DateOnly Session, double Close);
}
