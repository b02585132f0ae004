namespace Trading.Contracts;

/// <summary>One page of the bars of several instruments.</summary>
/// <param name="Bars">
/// The bars by ticker, oldest first. The page takes the instruments one after the other: those that it did not come to
/// are not in it, those without bars have an empty list.
/// </param>
/// <param name="NextCursor">Asks for the next page; null on the last.</param>
public sealed record BarBatchResponse(
    IReadOnlyDictionary<string, IReadOnlyList<BarResponse>> Bars, string? NextCursor);
