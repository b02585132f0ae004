using System.Globalization;
using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>A date as a client writes it in a query.</summary>
internal static class QueryDate
{
    /// <summary>Reads <c>2018-02-07</c>; null stays null.</summary>
    /// <returns>The problem; null where there is none.</returns>
    public static ApiProblem? Read(string name, string? text, out DateOnly? date)
    {
        var read = DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var found);
        date = read ? found : null;
        return read || text is null ? null : ApiProblem.BadRequest(
            ErrorCodes.InvalidDate, $"{name} is a date such as 2018-02-07.");
    }
}
