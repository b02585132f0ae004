using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Trading.Standalone.Hosting;

/// <summary>Says what starts, what is ready after how long, what died, and at the end where everything is.</summary>
internal sealed class ConsoleProgress(
    DistributedApplicationModel model, ResourceNotificationService notifications, IConfiguration configuration)
    : BackgroundService
{
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, string> _said = [];
    private readonly HashSet<string> _ready = [];
    private bool _allReady;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration.GetValue("DcpPublisher:RandomizePorts", false))
        {
            return;
        }

        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Resource is not IResourceWithParent)
                {
                    Say(change);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Say(ResourceEvent change)
    {
        var text = Text(change.Snapshot);
        if (text is null || (_said.TryGetValue(change.ResourceId, out var last) && last == text))
        {
            return;
        }

        _said[change.ResourceId] = text;
        Console.WriteLine($"{Stopwatch.GetElapsedTime(_startedAt).TotalSeconds,6:0.0} s  {change.ResourceId,-15} {text}");
        if (text == "ready" && _ready.Add(change.ResourceId) && !_allReady && model.Resources.All(IsReady))
        {
            _allReady = true;
            SayWhere();
        }
    }

    private static string? Text(CustomResourceSnapshot snapshot) => (snapshot.State?.Text, snapshot.HealthStatus) switch
    {
        ("Starting", _) => "starting",
        ("Running", HealthStatus.Healthy) => "ready",
        ("Exited", _) when snapshot.ExitCode is { } code => $"ended with exit code {code}; starting again. Its output: {Property(snapshot, "log")}",
        ("FailedToStart", _) => $"cannot start: {Property(snapshot, "note")}",
        ("Stopping", _) => "stopping",
        _ => null,
    };

    private static object? Property(CustomResourceSnapshot snapshot, string name) =>
        snapshot.Properties.FirstOrDefault(property => property.Name == name)?.Value;

    private bool IsReady(IResource resource) => resource switch
    {
        ProjectResource or PostgresServerResource or RedisResource => _ready.Contains(resource.Name),
        _ => true,
    };

    private void SayWhere()
    {
        Console.WriteLine();
        foreach (var resource in model.Resources)
        {
            foreach (var named in resource.Annotations.OfType<UrlNameAnnotation>())
            {
                var endpoint = resource.Annotations.OfType<EndpointAnnotation>().First(e => e.Name == named.EndpointName);
                var url = new ResourceUrlAnnotation { Url = $"http://localhost:{endpoint.Allocated[0]}" };
                named.Configure(url);
                Console.WriteLine($"  {url.DisplayText,-12} {url.Url}");
            }
        }

        Console.WriteLine("\nCtrl-C stops everything.");
    }
}
