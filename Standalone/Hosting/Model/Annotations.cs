namespace Aspire.Hosting.ApplicationModel;

/// <summary>An environment variable whose value is known when the resource starts; a null value leaves it out.</summary>
internal sealed record EnvironmentAnnotation(string Name, Func<CancellationToken, ValueTask<string?>> Value) : IResourceAnnotation;

/// <summary>The addresses of a service, as <c>services__name__http__n</c>.</summary>
internal sealed record ServiceReferenceAnnotation(IResourceWithEndpoints Service) : IResourceAnnotation;

internal sealed record WaitAnnotation(IResource Dependency) : IResourceAnnotation;

internal sealed record HttpHealthCheckAnnotation(string Path) : IResourceAnnotation;

internal sealed record ReplicaAnnotation(int Count) : IResourceAnnotation;

/// <summary>The data outlive the run, in a folder of this name.</summary>
internal sealed record DataFolderAnnotation(string Name) : IResourceAnnotation;

internal sealed record ArgumentsAnnotation(IReadOnlyList<string> Arguments) : IResourceAnnotation;

internal sealed record ProjectMetadataAnnotation(IProjectMetadata Metadata) : IResourceAnnotation;

internal sealed record UrlNameAnnotation(string EndpointName, Action<ResourceUrlAnnotation> Configure) : IResourceAnnotation;

public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    public required string Url { get; set; }

    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }
}
