namespace Trading.ApiService.Webhooks;

/// <summary>When a try that failed is repeated.</summary>
internal static class RetrySchedule
{
    private const int Factor = 3;

    /// <summary>The wait after so many tries, between half and all of its length; null after the last.</summary>
    public static TimeSpan? After(int tries, WebhookOptions options)
    {
        if (tries >= options.MaxTries)
        {
            return null;
        }

        var full = Math.Min(
            options.FirstRetry.TotalSeconds * Math.Pow(Factor, tries - 1), options.LongestRetry.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
