using System.Text;
using Trading.ServiceDefaults;

namespace Trading.Tests.Unit.Accounts;

public sealed class StoredTextTests
{
    [Theory]
    [InlineData("ab\U0001F600", 3, "ab")]
    [InlineData("ab\U0001F600", 4, "ab\U0001F600")]
    [InlineData("abcd", 2, "ab")]
    [InlineData("a\0b", 9, "a b")]
    [InlineData("", 9, "")]
    public void A_text_is_cut_before_a_character_that_is_not_whole(string text, int longest, string expected) =>
        Assert.Equal(expected, StoredText.Of(text, longest));

    [Fact]
    public void Halves_of_characters_become_what_UTF_8_can_say()
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        var text = StoredText.Of("a\uDE00b\uD83D", 9);

        Assert.Equal("a\uFFFDb\uFFFD", text);
        strict.GetBytes(text);
    }
}
