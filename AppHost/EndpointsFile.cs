using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Trading.AppHost;

/// <summary>
/// Keeps <c>.local/endpoints.json</c>: what runs where, for `dotnet dev.cs` and for people. It holds connection strings,
/// so that only its owner may read it, and it goes when the system stops.
/// </summary>
internal sealed class EndpointsFile(
    ResourceNotificationService notifications,
    DistributedApplicationModel model,
    IConfiguration configuration,
    IHostEnvironment environment) : BackgroundService
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly SortedDictionary<string, string> _urls = [];
    private readonly SortedDictionary<string, string> _states = [];
    private readonly SortedDictionary<string, int> _processIds = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration["EndpointsFile"] is not { Length: > 0 } file)
        {
            return;
        }

        var path = Path.GetFullPath(file, environment.ContentRootPath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                Note(change);
                await WriteAsync(path, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            File.Delete(path);
        }
    }

    private void Note(ResourceEvent change)
    {
        var name = change.ResourceId;
        _states[name] = change.Snapshot.HealthStatus?.ToString() ?? change.Snapshot.State?.Text ?? string.Empty;
        foreach (var url in change.Snapshot.Urls.Where(url => !url.IsInternal).Take(1))
        {
            _urls[change.Resource.Name] = url.Url;
        }

        var pid = change.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value;
        if (pid is int id && change.Resource is not IResourceWithParent)
        {
            _processIds[name] = id;
        }
        else
        {
            _processIds.Remove(name);
        }
    }

    private async Task WriteAsync(string path, CancellationToken cancellation)
    {
        var connections = new SortedDictionary<string, string?>();
        foreach (var resource in model.Resources.OfType<IResourceWithConnectionString>())
        {
            connections[resource.Name] = _states.ContainsKey(resource.Name)
                ? await resource.GetConnectionStringAsync(cancellation)
                : null;
        }

        var text = JsonSerializer.Serialize(
            new
            {
                AppHost = Environment.ProcessId,
                Urls = _urls,
                ConnectionStrings = connections,
                ProcessIds = _processIds,
                States = _states,
            },
            _json);
        await WritePrivatelyAsync(path + ".new", text, cancellation);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static async Task WritePrivatelyAsync(string path, string text, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellation);
    }
}
