using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>
/// Gathers what is wrong with the parameters of a query, so that all of it is told at once. A single mistake keeps its own
/// code; several are one <see cref="ErrorCodes.ValidationFailed"/>.
/// </summary>
internal sealed class QueryProblems
{
    private readonly SortedDictionary<string, ApiProblem> _problems = new(StringComparer.Ordinal);

    /// <summary>The problem that names every mistake; null where there is none.</summary>
    public ApiProblem? Problem => _problems.Count switch
    {
        0 => null,
        1 => _problems.Values.First() with { Errors = Errors },
        _ => new ApiProblem(
            _problems.Values.Min(problem => problem.Status),
            ErrorCodes.ValidationFailed,
            $"Not accepted: {string.Join(", ", _problems.Keys)}; errors says why.")
        {
            Errors = Errors,
        },
    };

    private Dictionary<string, string[]> Errors =>
        _problems.ToDictionary(pair => pair.Key, pair => new[] { pair.Value.Detail }, StringComparer.Ordinal);

    /// <summary>Notes a mistake; the first of a parameter counts.</summary>
    public void Add(string parameter, ApiProblem? problem)
    {
        if (problem is not null)
        {
            _problems.TryAdd(parameter, problem);
        }
    }
}
