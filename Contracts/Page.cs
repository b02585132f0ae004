namespace Trading.Contracts;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items of this page, in the list's order.</param>
/// <param name="NextCursor">Pass as <c>cursor</c> for the next page; null on the last. Opaque.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
