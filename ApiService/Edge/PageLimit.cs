using System.Globalization;
using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>How many items a page may have.</summary>
internal readonly record struct PageLimit(int Default, int Max)
{
    /// <summary>Reads a <c>limit</c>; a problem where it is no number from 1 to the most.</summary>
    public ApiProblem? Read(string? text, out int limit)
    {
        limit = Default;
        return text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit > 0 && limit <= Max)
            ? null
            : ApiProblem.BadRequest(ErrorCodes.InvalidParameter, $"limit is a number from 1 to {Max}.");
    }
}
