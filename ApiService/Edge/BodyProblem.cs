using System.Text.Json;
using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>Says which field of a body cannot be read, without the reader's own words, which name our types.</summary>
internal static class BodyProblem
{
    private const string Unmapped = "The JSON property '";
    private const int LongestName = 60;

    public static ApiProblem Of(JsonException unread)
    {
        if (UnknownField(unread.Message) is { } field)
        {
            return new Validation().Require(false, field, "There is no such field.").Problem!;
        }

        return unread.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal)
            ? new Validation().Require(false, Shorten(path[2..]), "Not of the type that /openapi/v1.json gives.").Problem!
            : ApiProblem.BadRequest(
                ErrorCodes.BadRequest, "The body is no JSON that can be read here; compare it with /openapi/v1.json.");
    }

    private static string? UnknownField(string message)
    {
        if (!message.StartsWith(Unmapped, StringComparison.Ordinal))
        {
            return null;
        }

        var name = message[Unmapped.Length..];
        var end = name.LastIndexOf("' could not be mapped", StringComparison.Ordinal);
        return end > 0 ? Shorten(name[..end]) : null;
    }

    private static string Shorten(string name) =>
        string.Concat(name.Take(LongestName).Where(letter => !char.IsControl(letter)));
}
