namespace Aspire.Hosting.ApplicationModel;

public sealed class EndpointAnnotation(string name, int? port) : IResourceAnnotation
{
    public string Name { get; } = name;

    public int? Port { get; set; } = port;

    /// <summary>The ports in use, one per replica; empty until they are allocated.</summary>
    internal IReadOnlyList<int> Allocated { get; set; } = [];
}

public sealed class EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
{
    public IResourceWithEndpoints Resource => owner;

    public string EndpointName => endpoint.Name;

    public bool IsAllocated => endpoint.Allocated.Count > 0;

    public int Port => IsAllocated
        ? endpoint.Allocated[0]
        : throw new InvalidOperationException($"The endpoint '{endpoint.Name}' of '{owner.Name}' is not allocated yet.");

    public string Url => $"http://localhost:{Port}";
}
