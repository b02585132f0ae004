namespace Trading.Data.Figures;

/// <summary>One figure of what the database holds.</summary>
/// <param name="Instrument">The name of the metric that shows it.</param>
/// <param name="Kind">Whose it is among figures of one name, such as a tier; null where there is one only.</param>
internal readonly record struct StoredFigure(string Instrument, string? Kind, double Value);
