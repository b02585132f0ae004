namespace Trading.ApiService.Auth;

/// <summary>
/// The passwords that are tried first: well-known words with the usual digits, signs and letter swaps around them, rows of
/// the keyboard, runs and repetitions. A rule finds the thousands of variants that a list of them would spell out.
/// </summary>
internal static class CommonPasswords
{
    private const int ShortestWord = 3;
    private const int MostPadding = 5;

    private static readonly string[] _rows =
    [
        "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
        "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "!@#$%^&*()",
        "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6", "zaq12wsxcde3", "0987654321", "poiuytrewq", "lkjhgfdsa", "mnbvcxz",
        "1a2b3c4d5e6f", "a1b2c3d4e5f6", "147258369", "159357258456", "741852963", "789456123",
    ];

    private static readonly HashSet<string> _words = new(
        """
        aaron abcabc access account action admin administrator adobe alexander alexis alpha amanda amazon america andrea andrew angel
        angela angels animal anthony apollo apple april arsenal asdf asdfasdf ashley asshole august austin baby babygirl bailey bandit
        banana barcelona baseball basketball batman beautiful beaver bigdaddy bigdog biteme blink blowme bond bonnie booboo booger boston
        brandon bubba buster butter butterfly calvin camaro canada captain carlos casper changeit changeme charles charlie cheese chelsea
        chester chicago chicken chocolate chris christian claire coffee college compaq computer cookie cool cooper corvette cowboy cowboys
        crystal daddy dakota dallas daniel danielle database david default demo diablo diamond digital dolphin donald dragon eagle eagles
        edward einstein elephant elizabeth eminem enter falcon family fender ferrari fishing flower football forever formula france frank
        freedom friend friends fuck fucker fuckyou gandalf garfield gateway genius george ginger golden golf golfer google gordon guest
        guitar hammer hannah happy harley heaven heather hello helpme hockey home hunter iceman iloveu iloveyou internet invest jackson
        jaguar jake james jasmine jason jasper jennifer jeremy jessica jesus jesuschrist johnny johnson jonathan jordan joseph joshua
        junior justin killer king kitten knight ladybug lakers laptop lauren legend letmein linkedin little liverpool london lovely love
        loveme lover lucky maggie manager marina marine marlboro martin master matrix matthew maverick maximus melissa member mercedes
        merlin michael michelle mickey microsoft midnight miller minecraft money monkey monster morgan mother mountain mustang mylove
        naruto natasha ncc1701 nicholas nicole ninja nintendo nothing oliver orange pass passport passw passwd password passwort
        patrick peaches peanut pepper phoenix player please pokemon porsche portfolio prince princess private purple pussy python
        rabbit rachel raiders rainbow ranger rangers rebecca redskins redsox richard robert rocket root samantha samsung sandra scooter
        scorpion scotland secret security senha september server service shadow shannon silver simple skippy slayer smokey snoopy soccer
        sophie sparky spider spiderman spring starwars startrek steelers stefan stella steven stocks success summer sunday sunshine
        superman superstar support sydney system teacher temp temppass tennis test testing testtest thomas thunder tiger tigers tigger
        tomcat toor trading trader trustno toyota trading tucker tweety united user username vampire victoria viking voyager wall
        wallstreet welcome whatever william willow windows winner winston winter wizard yamaha yankee yankees yellow zaq
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    public static bool Contains(string password)
    {
        var lower = password.ToLowerInvariant();
        return IsRepetition(lower) || IsOfRows(lower) || IsWord(lower);
    }

    /// <summary>Whether a password is a name with no more than digits and signs around it.</summary>
    public static bool IsAround(string password, string name)
    {
        var letters = LettersOf(name);
        return letters.Length >= ShortestWord && CoresOf(password.ToLowerInvariant()).Contains(letters);
    }

    private static bool IsWord(string lower) =>
        CoresOf(lower).Any(core => core.Length >= ShortestWord && (_words.Contains(core) || IsTwice(core)));

    /// <summary>
    /// The words that a password may stand for: digits and signs are around a word, or in the place of its letters.
    /// </summary>
    private static IEnumerable<string> CoresOf(string lower)
    {
        var start = 0;
        var end = lower.Length;
        while (start < end && !char.IsLetter(lower[start]) && start < MostPadding)
        {
            start++;
        }

        while (end > start && !char.IsLetter(lower[end - 1]) && lower.Length - end < MostPadding)
        {
            end--;
        }

        return [LettersOf(lower[start..end]), LettersOf(lower), LettersOf(lower[..end]), LettersOf(lower[start..])];
    }

    private static string LettersOf(string text) => string.Concat(text.Select(letter => letter switch
    {
        '@' or '4' => 'a',
        '3' => 'e',
        '1' or '!' => 'i',
        '0' => 'o',
        '5' or '$' => 's',
        '7' => 't',
        _ => letter,
    }).Where(char.IsLetter));

    private static bool IsTwice(string core) =>
        core.Length % 2 == 0 && core[..(core.Length / 2)] == core[(core.Length / 2)..] && _words.Contains(core[..(core.Length / 2)]);

    private static bool IsRepetition(string lower) => Enumerable.Range(1, Math.Min(4, lower.Length / 2))
        .Any(length => Enumerable.Range(length, lower.Length - length).All(index => lower[index] == lower[index - length]));

    // Made of pieces of three or more neighbours: 123456789, qwerty123, asdfghjkl.
    private static bool IsOfRows(string lower)
    {
        for (var at = 0; at < lower.Length;)
        {
            var piece = 0;
            for (var length = lower.Length - at; length >= 3 && piece == 0; length--)
            {
                var part = lower.Substring(at, length);
                piece = _rows.Any(row => row.Contains(part, StringComparison.Ordinal)) ? length : 0;
            }

            if (piece == 0)
            {
                return false;
            }

            at += piece;
        }

        return true;
    }
}
