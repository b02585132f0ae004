
namespace Trading.Tests;

/// <summary>Waits for a condition, with a deadline; tests never sleep for a fixed time.</summary>
public static class Eventually
{
    public static async Task<T> ReturnsAsync<T>(Func<Task<T?>> attempt, string expectation, TimeSpan? within = null)
        where T : class
    {
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            if (await InTimeAsync(attempt, expectation, deadline.Token) is { } result)
            {
                return result;
            }
        }
        while (await NextAsync(timer, deadline.Token));

        throw NotInTime(expectation);
    }

    public static Task IsTrueAsync(Func<Task<bool>> condition, string expectation, TimeSpan? within = null) =>
        ReturnsAsync(async () => await condition() ? string.Empty : null, expectation, within);

    // An attempt may never end: a client whose connection is lost may not tell those who wait for an answer.
    private static async Task<T?> InTimeAsync<T>(Func<Task<T?>> attempt, string expectation, CancellationToken deadline)
        where T : class
    {
        var attempting = attempt();
        try
        {
            return await attempting.WaitAsync(deadline);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !attempting.IsCompleted)
        {
            throw NotInTime(expectation + ", and the last attempt did not end");
        }
    }

    private static Xunit.Sdk.XunitException NotInTime(string expectation) => new($"Not in time: {expectation}");

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
