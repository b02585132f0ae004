using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Trading.Standalone.Hosting;

/// <summary>Starts the processes of the app model and ends them, the services before the stores.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    LocalFolders folders,
    Leftovers leftovers,
    IConfiguration configuration) : IHostedService, IDisposable
{
    private readonly HttpClient _http = new();

    public IReadOnlyList<RunUnit> Units { get; private set; } = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await leftovers.EndAsync(cancellationToken);
        foreach (var resource in model.Resources)
        {
            Allocate(resource);
        }

        Units = [.. model.Resources.OfType<Resource>().SelectMany(UnitsOf)];
        foreach (var unit in Units)
        {
            unit.Start();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Units.Where(unit => unit.Resource is ProjectResource).Select(unit => unit.DisposeAsync().AsTask()));
        await Task.WhenAll(Units.Where(unit => unit.Resource is not ProjectResource).Select(unit => unit.DisposeAsync().AsTask()));
        Units = [];
    }

    public void Dispose() => _http.Dispose();

    private static int ReplicasOf(IResource resource) =>
        resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Count ?? 1;

    private void Allocate(IResource resource)
    {
        // Tests run beside a running system: they take free ports, as Aspire's testing builder does.
        var random = configuration.GetValue("DcpPublisher:RandomizePorts", false);
        IEnumerable<EndpointAnnotation> endpoints = resource switch
        {
            PostgresServerResource postgres => [postgres.Endpoint],
            RedisResource redis => [redis.Endpoint],
            _ => resource.Annotations.OfType<EndpointAnnotation>(),
        };
        foreach (var endpoint in endpoints)
        {
            endpoint.Allocated =
            [
                .. Enumerable.Range(0, ReplicasOf(resource))
                    .Select(replica => replica == 0 && !random && endpoint.Port is { } port ? port : FreePort.Next()),
            ];
        }
    }

    private IEnumerable<RunUnit> UnitsOf(Resource resource) => resource switch
    {
        PostgresServerResource postgres => [UnitOf(postgres, new PostgresLauncher(postgres, folders))],
        RedisResource redis => [UnitOf(redis, new RedisLauncher(redis, folders))],
        ProjectResource project => Enumerable.Range(0, ReplicasOf(project)).Select(replica => new RunUnit(
            replica == 0 ? project.Name : $"{project.Name}-{replica + 1}",
            project,
            new ProjectLauncher(project, replica, _http),
            notifications,
            leftovers,
            folders)),
        _ => [],
    };

    private RunUnit UnitOf(Resource resource, ILauncher launcher) =>
        new(resource.Name, resource, launcher, notifications, leftovers, folders);
}
