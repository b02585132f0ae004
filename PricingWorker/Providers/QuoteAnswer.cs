namespace Trading.PricingWorker.Providers;

/// <summary>What came of asking a provider for the newest quotes.</summary>
/// <param name="Quotes">Those that came.</param>
/// <param name="LeftOut">Why single ones were left out of what came.</param>
/// <param name="Failure">Why a part did not come at all; null where all did.</param>
internal sealed record QuoteAnswer(
    IReadOnlyList<ProvidedQuote> Quotes,
    IReadOnlyList<ProviderException> LeftOut,
    ProviderException? Failure = null)
{
    public QuoteAnswer(IReadOnlyList<ProvidedQuote> quotes)
        : this(quotes, [])
    {
    }

    /// <summary>Several answers as one: where some fail, what the others have is kept.</summary>
    /// <exception cref="ProviderException">All failed.</exception>
    public static async Task<QuoteAnswer> GatherAsync(IEnumerable<Task<QuoteAnswer>> questions)
    {
        var answers = await Task.WhenAll(questions.Select(TryAsync));
        var failures = answers.Select(answer => answer.Failure).OfType<ProviderException>().ToList();
        return failures.Count == 0 || failures.Count < answers.Length
            ? new QuoteAnswer(
                [.. answers.SelectMany(answer => answer.Quotes)],
                [.. answers.SelectMany(answer => answer.LeftOut)],
                failures.LastOrDefault())
            : throw failures[^1];
    }

    private static async Task<QuoteAnswer> TryAsync(Task<QuoteAnswer> question)
    {
        try
        {
            return await question;
        }
        catch (ProviderException failure)
        {
            return new QuoteAnswer([], [], failure);
        }
    }
}
