using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Trading.ApiService.Limits;

/// <summary>What the framework is told. What has to be given back at the end of the request goes back with it.</summary>
internal sealed class LimitLease(bool acquired, IReadOnlyList<Charge> held) : RateLimitLease
{
    public static LimitLease Allowed { get; } = new(true, []);

    public static LimitLease Refused { get; } = new(false, []);

    public override bool IsAcquired => acquired;

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, [MaybeNullWhen(false)] out object? metadata)
    {
        metadata = null;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var charge in held)
        {
            charge.Limiter.Release(charge.Partition);
        }

        base.Dispose(disposing);
    }
}
