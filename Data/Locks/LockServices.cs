using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Trading.ServiceDefaults.Redis;

namespace Trading.Data.Locks;

public static class LockServices
{
    /// <summary>Adds <see cref="SharedLocks"/> and <see cref="FenceStore"/>.</summary>
    public static IHostApplicationBuilder AddSharedLocks(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddRedisGate();
        builder.Services.TryAddSingleton<FenceStore>();
        builder.Services.TryAddSingleton<SharedLocks>();
        return builder;
    }
}
