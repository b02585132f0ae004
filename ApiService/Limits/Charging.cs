using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Options;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.ServiceDefaults;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.ApiService.Limits;

/// <summary>
/// Says whose limits a request counts on: its user's and API key's, or its address'. The web front end's requests are
/// its users': its own address has no limit.
/// </summary>
internal sealed class Charging(IOptions<RateLimitOptions> options, SharedRateLimits limits, TrustedCaller trusted)
{
    private readonly SharedRateLimiter _address = limits.Limiter(options.Value.AddressRule);
    private readonly SharedRateLimiter _public = limits.Limiter(options.Value.PublicRule);
    private readonly SharedRateLimiter _key = limits.Limiter(options.Value.ApiKeyRule);

    private readonly FrozenDictionary<string, SharedRateLimiter> _tiers =
        Tiers.All.ToFrozenDictionary(tier => tier, tier => limits.Limiter(options.Value.TierRule(tier)));

    private readonly FrozenDictionary<string, SharedRateLimiter> _policies =
        LimitPolicies.All.ToFrozenDictionary(name => name, name => limits.Limiter(options.Value.PolicyRule(name)));

    public Charges Of(HttpContext context)
    {
        if (IsProbe(context.Request.Path.Value))
        {
            return default;
        }

        var endpoint = context.GetEndpoint();
        var policy = endpoint?.Metadata.GetMetadata<LimitPolicy>();
        // Asked of the feature, as the context's own property makes a user where there is none.
        var user = context.Features.Get<IHttpAuthenticationFeature>()?.User;
        if (user?.UserId() is { } id)
        {
            return OfUser(user, id, policy);
        }

        if (AddressOf(context) is not { } address)
        {
            return default;
        }

        UInt128 client = ClientKey.Of(address).Value;
        var isPublic = HttpMethods.IsGet(context.Request.Method)
            && endpoint?.Metadata.GetMetadata<PublicRead>() is not null;
        return new Charges(new Charge(isPublic ? _public : _address, client), OfPolicy(policy, client, Tiers.Free));
    }

    /// <summary>The limit of a caller's tier on what an endpoint starts; see <see cref="StartLimits"/>.</summary>
    public Charge OfStart(ClaimsPrincipal user, string policy) =>
        new(_policies[LimitPolicies.Of(policy, user.Tier())], PartitionOf(user.RequiredUserId()));

    // Probes have short paths: most requests are told apart without hashing theirs.
    private static bool IsProbe(string? path) => path is { Length: <= 8 } && HealthEndpoints.Paths.Contains(path);

    private static UInt128 PartitionOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }

    private IPAddress? AddressOf(HttpContext context)
    {
        if (!trusted.Sent(context.Request))
        {
            return context.Connection.RemoteIpAddress ?? IPAddress.None;
        }

        return context.Request.Headers.TryGetValue(ClientAddress.Header, out var values)
            && IPAddress.TryParse(values, out var address)
                ? address
                : null;
    }

    private Charges OfUser(ClaimsPrincipal user, Guid id, LimitPolicy? policy)
    {
        var partition = PartitionOf(id);
        var tier = _tiers.GetValueOrDefault(user.Tier()) ?? _tiers[Tiers.Free];
        return new Charges(
            new Charge(tier, partition),
            user.ApiKeyId() is { } key ? new Charge(_key, PartitionOf(key)) : null,
            OfPolicy(policy, partition, user.Tier()));
    }

    private Charge? OfPolicy(LimitPolicy? policy, UInt128 partition, string tier) =>
        policy is null ? null : new Charge(_policies[LimitPolicies.Of(policy.Name, tier)], partition);
}
