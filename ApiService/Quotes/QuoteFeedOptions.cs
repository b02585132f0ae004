namespace Trading.ApiService.Quotes;

/// <summary>How quotes reach this replica; section <c>Quotes</c>.</summary>
internal sealed class QuoteFeedOptions
{
    public const string Section = "Quotes";

    /// <summary>Where to ask when Redis brings nothing.</summary>
    public Uri WorkerUrl { get; set; } = new("http://pricingworker/internal/quotes");

    /// <summary>No frame for so long, and the worker is asked instead.</summary>
    public TimeSpan PollAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>No new quote for so long, and health is Degraded.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that Redis or the worker may take to answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);
}
