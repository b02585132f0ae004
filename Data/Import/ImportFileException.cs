namespace Trading.Data.Import;

/// <summary>
/// The file cannot be read; nothing of it was stored. The message is for the person who chose the file.
/// </summary>
public sealed class ImportFileException(string message, Exception? inner = null) : Exception(message, inner);
