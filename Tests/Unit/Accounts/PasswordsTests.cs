using Microsoft.Extensions.Options;
using Trading.ApiService.Auth;
using Trading.Data.Accounts;

namespace Trading.Tests.Unit.Accounts;

public sealed class PasswordsTests : IAsyncLifetime
{
    private readonly Passwords _passwords =
        new(Options.Create(new AuthOptions { PasswordIterations = 1000, PasswordQueue = 4 }));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _passwords.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _passwords.StopAsync(CancellationToken.None);
        _passwords.Dispose();
    }

    [Fact]
    public async Task Unknown_user_and_wrong_password_cost_the_same_work()
    {
        var user = new User { PasswordHash = await _passwords.HashAsync("four words of it", Cancellation) };
        var before = _passwords.Count;

        Assert.False(await _passwords.IsOfAsync(user, "another", Cancellation));
        Assert.Equal(before + 1, _passwords.Count);
        Assert.False(await _passwords.IsOfAsync(null, "another", Cancellation));
        Assert.Equal(before + 2, _passwords.Count);
        Assert.True(await _passwords.IsOfAsync(user, "four words of it", Cancellation));
    }

    [Fact]
    public async Task Every_character_of_a_long_password_counts()
    {
        var user = new User { PasswordHash = await _passwords.HashAsync(new string('é', 127) + "1", Cancellation) };

        Assert.True(await _passwords.IsOfAsync(user, new string('é', 127) + "1", Cancellation));
        Assert.False(await _passwords.IsOfAsync(user, new string('é', 127) + "2", Cancellation));
    }

    [Fact]
    public async Task A_crowd_that_signs_in_is_told_to_come_back_rather_than_starving_the_rest()
    {
        using var slow = new Passwords(Options.Create(new AuthOptions { PasswordIterations = 1000, PasswordQueue = 4 }));
        var waiting = Enumerable.Range(0, 4).Select(_ => slow.HashAsync("four words of it", Cancellation)).ToArray();

        await Assert.ThrowsAsync<TooBusyException>(() => slow.HashAsync("four words of it", Cancellation));
        Assert.Equal(0, slow.Count);
        await slow.StartAsync(Cancellation);
        await Task.WhenAll(waiting);
        await slow.StopAsync(CancellationToken.None);
    }
}
