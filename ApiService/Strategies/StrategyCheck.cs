using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Domain.Strategies.Language;

namespace Trading.ApiService.Strategies;

/// <summary>What is wrong with a strategy that is to be saved.</summary>
internal static class StrategyCheck
{
    private const int LongestName = 80;
    private const int LongestDescription = 500;

    public static ApiProblem? Validate(StrategyRequest request)
    {
        var check = new Validation()
            .Name("name", request.Name, LongestName)
            .Require(
                request.Description is null
                    || (request.Description.Length <= LongestDescription
                        && ShownText.IsAll(request.Description, hasLines: true)),
                "description",
                $"At most {LongestDescription} printable characters, none of which is invisible or turns others around.")
            .Require(!string.IsNullOrWhiteSpace(request.Source), "source", "The text of the strategy.");
        foreach (var error in string.IsNullOrWhiteSpace(request.Source)
            ? []
            : StrategyLanguage.Compile(request.Source).Errors)
        {
            check.Require(
                false, "source", $"Line {error.Line}, column {error.Column}: {error.Message} {error.Hint}".TrimEnd());
        }

        return check.Problem;
    }
}
