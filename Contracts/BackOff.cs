namespace Trading.Contracts;

/// <summary>
/// Waits that double up to a limit, each between half and all of its length, so that many clients do not return at
/// once.
/// </summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest)
{
    private int _tries;

    public TimeSpan Next()
    {
        var full = Math.Min(first.TotalSeconds * Math.Pow(2, _tries++), longest.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    public void Reset() => _tries = 0;
}
