using System.Text.Json.Serialization;

namespace Trading.Contracts;

/// <summary>Every message that a client sends.</summary>
internal sealed record StreamRequest(
    string Action,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Tickers = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Seq = null);
