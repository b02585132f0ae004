namespace Trading.Data.CorporateActions;

/// <summary>The job that asks the providers for all splits and dividends.</summary>
public static class ActionSyncJob
{
    /// <summary>Its kind; the payload is <c>{"tickers":[...]}</c>, or null there for all.</summary>
    public const string Kind = "actions";
}
