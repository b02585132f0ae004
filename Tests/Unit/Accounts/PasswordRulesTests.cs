using Trading.ApiService.Auth;

namespace Trading.Tests.Unit.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("kqxvbzmw")]
    [InlineData("correct horse battery staple")]
    [InlineData("        nine")]
    [InlineData("пароль-дня")]
    [InlineData("\U0001F600\U0001F680\U0001F308\U0001F355\U0001F3B8\U0001F40D\U0001F422\U0001F9ED")]
    public void Passwords_of_8_characters_and_more_need_no_composition(string password) =>
        Assert.Null(PasswordRules.Refuse(password, "ada@example.com"));

    [Theory]
    [InlineData(7, false)]
    [InlineData(64, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Length_is_counted_and_none_is_truncated(int length, bool accepted)
    {
        var password = string.Concat(Enumerable.Range(0, length).Select(index => (char)('a' + (index * 7 % 26))));

        Assert.Equal(accepted, PasswordRules.Refuse(password, "ada@example.com") is null);
    }

    /// <summary>From the lists of leaked passwords that are published each year.</summary>
    [Theory]
    [InlineData("123456789")]
    [InlineData("password")]
    [InlineData("password1")]
    [InlineData("P@ssw0rd!")]
    [InlineData("qwerty123")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("iloveyou1")]
    [InlineData("11111111")]
    [InlineData("abc12345")]
    [InlineData("Football1")]
    [InlineData("sunshine2024")]
    [InlineData("letmein!!")]
    [InlineData("1qaz2wsx")]
    [InlineData("asdfghjkl")]
    [InlineData("Welcome123")]
    [InlineData("monkeymonkey")]
    [InlineData("0987654321")]
    [InlineData("princess1")]
    [InlineData("dragon1234")]
    [InlineData("zaq12wsx")]
    public void Common_passwords_are_refused(string password) =>
        Assert.Equal(PasswordRules.CommonRule, PasswordRules.Refuse(password, "ada@example.com"));

    [Theory]
    [InlineData("lovelace1", "lovelace@example.com")]
    [InlineData("Trading.Aspire1", "ada@example.com")]
    public void Passwords_made_of_the_address_or_the_site_are_refused(string password, string email) =>
        Assert.NotNull(PasswordRules.Refuse(password, email));

    [Fact]
    public void Half_a_surrogate_pair_is_refused_instead_of_failing() =>
        Assert.Equal(PasswordRules.LengthRule, PasswordRules.Refuse("abcdefgh\ud83d", "ada@example.com"));
}
