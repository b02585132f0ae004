using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>The versions of the API that there are.</summary>
internal static class ApiVersions
{
    public const string Current = "v1";

    private static readonly PathString _root = "/api";

    /// <summary>Why a path under <c>/api</c> was not found, where its version is to blame.</summary>
    public static ApiProblem? Refuse(PathString path)
    {
        if (!path.StartsWithSegments(_root, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            return null;
        }

        var segment = rest.Value?.Split('/', 3) is [_, var first, ..] ? first : string.Empty;
        return segment is ['v' or 'V', >= '0' and <= '9', ..] && segment != Current
            ? ApiProblem.NotFound(
                ErrorCodes.UnknownVersion, $"This version does not exist; supported: {Current}, as in /api/{Current}.")
            : null;
    }
}
