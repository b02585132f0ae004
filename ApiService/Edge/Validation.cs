using System.Net.Mail;
using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>Gathers what is wrong with a request, so that all of it is told at once.</summary>
internal sealed class Validation
{
    private const int LongestEmail = 254;

    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    /// <summary>The problem that names every mistake; null where there is none.</summary>
    public ApiProblem? Problem => _errors.Count == 0 ? null : new ApiProblem(
        StatusCodes.Status400BadRequest,
        ErrorCodes.ValidationFailed,
        $"Not accepted: {string.Join(", ", _errors.Keys)}; errors says why.")
    {
        Errors = _errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()),
    };

    public Validation Require(bool isSo, string field, string otherwise)
    {
        if (!isSo)
        {
            if (!_errors.TryGetValue(field, out var messages))
            {
                _errors[field] = messages = [];
            }

            messages.Add(otherwise);
        }

        return this;
    }

    public Validation Text(string field, string? text, int longest) => Require(
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl),
        field,
        $"A text of 1 to {longest} printable characters.");

    /// <summary>A text that others read too; see <see cref="ShownText"/>.</summary>
    public Validation Name(string field, string? text, int longest) => Require(
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && ShownText.IsAll(text),
        field,
        $"A text of 1 to {longest} printable characters, none of which is invisible or turns the others around.");

    public Validation Email(string field, string? text) => Require(
        text is { Length: <= LongestEmail }
            && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            && MailAddress.TryCreate(text, out var address)
            && address.Address == text,
        field,
        "An e-mail address such as ada@example.com.");
}
