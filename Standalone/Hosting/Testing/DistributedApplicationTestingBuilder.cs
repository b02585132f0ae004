using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trading.Standalone.Hosting;

namespace Aspire.Hosting.Testing;

public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

public static class DistributedApplicationTestingBuilder
{
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var entry = AppHostEntry.Start(typeof(TEntryPoint).Assembly, args);
        return new TestingBuilder(entry, await entry.Builder.WaitAsync(cancellationToken));
    }

    private sealed class TestingBuilder(AppHostEntry entry, DistributedApplicationBuilder builder)
        : IDistributedApplicationTestingBuilder
    {
        public ConfigurationManager Configuration => builder.Configuration;

        public string AppHostDirectory => builder.AppHostDirectory;

        public IHostEnvironment Environment => builder.Environment;

        public IServiceCollection Services => builder.Services;

        public DistributedApplicationExecutionContext ExecutionContext => builder.ExecutionContext;

        public IResourceCollection Resources => builder.Resources;

        public IResourceBuilder<T> AddResource<T>(T resource)
            where T : IResource => builder.AddResource(resource);

        public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
            entry.BuildAsync().WaitAsync(cancellationToken);

        public DistributedApplication Build() => throw new NotSupportedException("Call BuildAsync.");

        public void Dispose() => entry.End();

        public ValueTask DisposeAsync()
        {
            entry.End();
            return ValueTask.CompletedTask;
        }
    }
}
