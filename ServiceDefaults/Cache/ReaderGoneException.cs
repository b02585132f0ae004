namespace Trading.ServiceDefaults.Cache;

/// <summary>
/// Who would have read a value is gone, and nothing was read. Whoever else waits for the value is not told of it: one of
/// them reads instead.
/// </summary>
public sealed class ReaderGoneException() : Exception("Who would have read the value is gone.");
