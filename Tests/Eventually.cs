
namespace Trading.Tests;

/// <summary>Waits for a condition, with a deadline; tests never sleep for a fixed time.</summary>
public static class Eventually
{
    public static async Task<T> ReturnsAsync<T>(Func<Task<T?>> attempt, string expectation, TimeSpan? within = null)
        where T : class
    {
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            if (await attempt() is { } result)
            {
                return result;
            }
        }
        while (await NextAsync(timer, deadline.Token));

        throw new Xunit.Sdk.XunitException($"Not in time: {expectation}");
    }

    public static Task IsTrueAsync(Func<Task<bool>> condition, string expectation, TimeSpan? within = null) =>
        ReturnsAsync(async () => await condition() ? string.Empty : null, expectation, within);

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken deadline)
    {
        try
        {
            return await timer.WaitForNextTickAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
