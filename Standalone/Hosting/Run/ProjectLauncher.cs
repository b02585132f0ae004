using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Trading.Standalone.Hosting;

/// <summary>One replica of a project: its built program, with the environment that Aspire would give it.</summary>
internal sealed class ProjectLauncher(ProjectResource project, int replica, HttpClient http) : ILauncher
{
    public async Task<Launch> PrepareAsync(CancellationToken cancellation)
    {
        var metadata = project.Last<ProjectMetadataAnnotation>()!.Metadata as IStandaloneProjectMetadata
            ?? throw new DistributedApplicationException($"The project of '{project.Name}' was not built with AppHost.");
        var arguments = project.Annotations.OfType<ArgumentsAnnotation>().SelectMany(annotation => annotation.Arguments);
        return new Launch("setsid", ["dotnet", metadata.AssemblyPath, .. arguments])
        {
            Environment = await EnvironmentAsync(cancellation),
            WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)!,
        };
    }

    public async Task<bool> IsHealthyAsync(CancellationToken cancellation)
    {
        if (project.Last<HttpHealthCheckAnnotation>() is not { } check || Port("http") is not { } port)
        {
            return true;
        }

        try
        {
            using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}{check.Path}"), cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void CleanUp()
    {
    }

    private async Task<Dictionary<string, string>> EnvironmentAsync(CancellationToken cancellation)
    {
        var environment = new Dictionary<string, string>();
        foreach (var variable in project.Annotations.OfType<EnvironmentAnnotation>())
        {
            if (await variable.Value(cancellation) is { } value)
            {
                environment[variable.Name] = value;
            }
        }

        foreach (var reference in project.Annotations.OfType<ServiceReferenceAnnotation>())
        {
            AddAddresses(environment, reference.Service);
        }

        environment["ASPNETCORE_URLS"] = string.Join(';', project.Annotations.OfType<EndpointAnnotation>()
            .Select(endpoint => $"http://localhost:{endpoint.Allocated[replica]}"));
        environment["OTEL_SERVICE_NAME"] = project.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={project.Name}-{replica}";
        return environment;
    }

    private static void AddAddresses(Dictionary<string, string> environment, IResourceWithEndpoints service)
    {
        foreach (var endpoint in service.Annotations.OfType<EndpointAnnotation>())
        {
            for (var index = 0; index < endpoint.Allocated.Count; index++)
            {
                environment[$"services__{service.Name}__{endpoint.Name}__{index}"] =
                    string.Create(CultureInfo.InvariantCulture, $"http://localhost:{endpoint.Allocated[index]}");
            }
        }
    }

    private int? Port(string endpoint) => project.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(known => known.Name == endpoint)?.Allocated[replica];
}
