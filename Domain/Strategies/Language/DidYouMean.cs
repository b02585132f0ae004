namespace Trading.Domain.Strategies.Language;

/// <summary>Finds what was meant by a word with a slip in it.</summary>
internal static class DidYouMean
{
    /// <summary>The known word that is nearest, where it is near; null where none is.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        var best = (Word: (string?)null, Distance: Math.Max(1, word.Length / 3) + 1);
        foreach (var candidate in known)
        {
            var distance = Distance(word, candidate);
            if (distance < best.Distance)
            {
                best = (candidate, distance);
            }
        }

        return best.Word;
    }

    /// <summary>
    /// Letters to add, to leave out, to replace, or to swap with their neighbour (optimal string alignment); case
    /// counts for nothing.
    /// </summary>
    public static int Distance(string left, string right)
    {
        var (before, last, row) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var column = 0; column <= right.Length; column++)
        {
            last[column] = column;
        }

        for (var index = 1; index <= left.Length; index++)
        {
            row[0] = index;
            for (var column = 1; column <= right.Length; column++)
            {
                var cost = Same(left[index - 1], right[column - 1]) ? 0 : 1;
                row[column] = Math.Min(Math.Min(row[column - 1], last[column]) + 1, last[column - 1] + cost);
                if (index > 1 && column > 1
                    && Same(left[index - 1], right[column - 2]) && Same(left[index - 2], right[column - 1]))
                {
                    row[column] = Math.Min(row[column], before[column - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
