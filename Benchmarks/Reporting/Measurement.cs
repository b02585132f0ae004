namespace Trading.Benchmarks.Reporting;

/// <summary>One figure of ours, beside the peer's where there is one.</summary>
internal sealed record Measurement(string Scenario, string What, string Unit, double Ours)
{
    public double? Peer { get; init; }

    public string? PeerName { get; init; }

    public Requirement? Required { get; init; }

    /// <summary>What is required of: ours over the peer's, or ours alone.</summary>
    public double Value => Peer is { } peer ? Ours / peer : Ours;

    /// <summary>The value measured over the value required.</summary>
    public double? OfRequired => Required is { Limit: not 0 } required ? Value / required.Limit : null;

    public bool Reached => Required?.IsMetBy(Value) ?? true;
}
