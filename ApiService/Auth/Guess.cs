namespace Trading.ApiService.Auth;

/// <summary>One guess, counted as wrong before anyone looks at it: of many at once no more are looked at than may be.</summary>
/// <param name="Key">What it is counted on.</param>
/// <param name="Token">Tells the waiting that it began from that of others.</param>
/// <param name="Wait">How long to wait; zero where the guess is looked at.</param>
internal readonly record struct Guess(string Key, string Token, TimeSpan Wait)
{
    public bool IsRefused => Wait > TimeSpan.Zero;
}
