using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>What is known of a ticker before its rows are judged.</summary>
/// <param name="Last">The last real close stored before the file's first; null where there is none.</param>
/// <param name="Doubted">A later one that an import before this one quarantined; null where there is none.</param>
internal sealed record StoredHistory(
    StoredClose? Last, StoredClose? Doubted, IReadOnlyList<CorporateAction> Actions)
{
    public static StoredHistory None { get; } = new(null, null, []);

    public JumpGuard Guard(IReadOnlyList<CorporateAction> actions)
    {
        var guard = new JumpGuard(actions);
        if (Last is { } last)
        {
            guard.StartFrom(last.Session, last.Close);
            if (Doubted is { } doubted && doubted.Session > last.Session)
            {
                guard.DoubtFrom(doubted.Session, doubted.Close);
            }
        }

        return guard;
    }
}

internal readonly record struct StoredClose(DateOnly Session, double Close);
