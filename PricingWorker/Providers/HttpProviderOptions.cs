namespace Trading.PricingWorker.Providers;

/// <summary>How one provider is asked; the sections <c>Providers:Yahoo</c> and so on.</summary>
internal class HttpProviderOptions
{
    public Uri Url { get; set; } = new("http://localhost");

    /// <summary>On average; a burst may be faster.</summary>
    public double RequestsPerSecond { get; set; } = 5;

    /// <summary>Requests that may go out at once after a rest.</summary>
    public int Burst { get; set; } = 20;

    /// <summary>Requests under way at a time.</summary>
    public int AtOnce { get; set; } = 16;

    /// <summary>The longest that one try may take, its body included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest for all tries together.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public int Retries { get; set; } = 3;

    /// <summary>The wait before the first further try, about; each next one is twice as long.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>So many failures in a row stop the asking.</summary>
    public int BreakAfter { get; set; } = 5;

    /// <summary>How long it is not asked then.</summary>
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Unpacked; an answer that is longer is cut off there.</summary>
    public long MaxBodyBytes { get; set; } = 8 << 20;

    /// <summary>A quote older than this, while its market trades, is late.</summary>
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(2);
}
