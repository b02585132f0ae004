using System.Text.Json.Serialization;

namespace Trading.Contracts;

/// <summary>Problem details (RFC 9457) as the API sends them with every failure.</summary>
/// <param name="Type">A URI that names the kind of problem.</param>
/// <param name="Title">The kind of problem in words.</param>
/// <param name="Status">The HTTP status again.</param>
/// <param name="Detail">What went wrong with this request.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="TraceId">Finds the request in the logs.</param>
/// <param name="Tickers">The tickers that are to blame; absent where none are.</param>
/// <param name="Errors">What is wrong with which field; absent where the request was not checked by field.</param>
public sealed record ProblemResponse(
    string? Type,
    string? Title,
    int? Status,
    string? Detail,
    string? Code,
    string? TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Tickers = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, string[]>? Errors = null);
