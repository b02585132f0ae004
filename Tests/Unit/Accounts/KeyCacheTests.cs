using Trading.ApiService.Auth;
using Trading.Data.Accounts;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.Unit.Accounts;

public sealed class KeyCacheTests
{
    private const int MadeUp = 200_000;
    private readonly ManualTime _time = new();

    [Fact]
    public void Keys_that_somebody_makes_up_do_not_take_the_place_of_known_ones()
    {
        var cache = new KeyCache(_time);
        for (var key = 0; key < MadeUp; key++)
        {
            cache.Keep($"{key}", null);
        }

        var holder = new KeyHolder(Guid.NewGuid(), Guid.NewGuid(), [], "a@example.com", "free", []);
        cache.Keep("known", holder);

        Assert.Equal((holder, TimeSpan.Zero), cache.Find("known"));
        Assert.Equal((null, TimeSpan.Zero), cache.Find("0"));
        Assert.Null(cache.Find($"{MadeUp - 1}"));
    }

    [Fact]
    public void A_key_that_was_revoked_is_known_no_more()
    {
        var cache = new KeyCache(_time);
        cache.Keep("key", new KeyHolder(Guid.NewGuid(), Guid.NewGuid(), [], "a@example.com", "free", []));

        cache.Keep("key", null);

        Assert.Equal((null, TimeSpan.Zero), cache.Find("key"));
    }

    [Fact]
    public void Made_up_keys_go_sooner_than_known_ones()
    {
        var cache = new KeyCache(_time);
        cache.Keep("known", new KeyHolder(Guid.NewGuid(), Guid.NewGuid(), [], "a@example.com", "free", []));
        cache.Keep("made up", null);

        _time.Advance(TimeSpan.FromSeconds(3));
        cache.ForgetOlder(known: TimeSpan.FromMinutes(15), unknown: TimeSpan.FromSeconds(2));

        Assert.NotNull(cache.Find("known"));
        Assert.Null(cache.Find("made up"));
    }
}
