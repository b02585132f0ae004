namespace Trading.Web.Strategies;

/// <summary>What changed between two texts, line by line.</summary>
internal static class LineDiff
{
    /// <summary>The lines of both in order: <c>-</c> only before, <c>+</c> only after, blank in both.</summary>
    public static IReadOnlyList<(char Sign, string Line)> Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var common = CommonLengths(old, now);
        var lines = new List<(char, string)>();
        var (left, right) = (0, 0);
        while (left < old.Length || right < now.Length)
        {
            if (left < old.Length && right < now.Length && old[left] == now[right])
            {
                lines.Add((' ', old[left++]));
                right++;
            }
            else if (left < old.Length && (right == now.Length || common[left + 1][right] >= common[left][right + 1]))
            {
                lines.Add(('-', old[left++]));
            }
            else
            {
                lines.Add(('+', now[right++]));
            }
        }

        return lines;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The length of the longest common subsequence of what is left from each pair of lines on.</summary>
    private static int[][] CommonLengths(string[] old, string[] now)
    {
        var common = Enumerable.Range(0, old.Length + 1).Select(_ => new int[now.Length + 1]).ToArray();
        for (var left = old.Length - 1; left >= 0; left--)
        {
            for (var right = now.Length - 1; right >= 0; right--)
            {
                common[left][right] = old[left] == now[right]
                    ? common[left + 1][right + 1] + 1
                    : Math.Max(common[left + 1][right], common[left][right + 1]);
            }
        }

        return common;
    }
}
