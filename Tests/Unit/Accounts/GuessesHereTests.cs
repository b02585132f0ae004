using Trading.ApiService.Auth;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.Unit.Accounts;

public sealed class GuessesHereTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);
    private readonly ManualTime _time = new();

    [Fact]
    public void Of_many_guesses_at_once_five_are_looked_at()
    {
        var guesses = New();
        var looked = 0;

        Parallel.For(0, 1000, number =>
        {
            if (guesses.Take("a", $"{number}", 5, _longest) == TimeSpan.Zero)
            {
                Interlocked.Increment(ref looked);
            }
        });

        Assert.Equal(5, looked);
    }

    [Fact]
    public void The_wait_doubles_with_each_wrong_guess_up_to_the_longest()
    {
        var guesses = New();
        var waits = new List<double>();
        for (var number = 0; number < 4; number++)
        {
            Assert.Equal(TimeSpan.Zero, guesses.Take("a", $"{number}", 5, _longest));
        }

        for (var number = 4; number < 15; number++)
        {
            Assert.Equal(TimeSpan.Zero, guesses.Take("a", $"{number}", 5, _longest));
            var wait = guesses.Take("a", "refused", 5, _longest);
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], waits);
    }

    [Fact]
    public void A_guess_that_was_right_is_given_back_with_the_wait_that_it_began()
    {
        var guesses = New();
        for (var number = 0; number < 5; number++)
        {
            guesses.Take("a", $"{number}", 5, _longest);
        }

        guesses.GiveBack("a", "4");

        Assert.Equal(TimeSpan.Zero, guesses.Take("a", "5", 5, _longest));
        Assert.Equal(TimeSpan.FromSeconds(1), guesses.Take("a", "6", 5, _longest));
    }

    [Fact]
    public void What_was_not_guessed_for_an_hour_is_not_kept()
    {
        var guesses = New();
        for (var number = 0; number < 100; number++)
        {
            guesses.Take($"{number}", "", 5, _longest);
        }

        _time.Advance(TimeSpan.FromMinutes(61));
        guesses.Take("one more", "", 5, _longest);

        Assert.Equal(1, guesses.Kept);
    }

    private GuessesHere New() => new(_time, TimeSpan.FromHours(1));
}
