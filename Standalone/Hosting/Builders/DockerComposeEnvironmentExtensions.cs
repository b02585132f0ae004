using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;

namespace Aspire.Hosting
{
    public static class DockerComposeEnvironmentExtensions
    {
        public static IResourceBuilder<DockerComposeEnvironmentResource> AddDockerComposeEnvironment(
            this IDistributedApplicationBuilder builder, string name) => throw new DistributedApplicationException(
                "Publishing needs Aspire's own packages: build with PackageSet=full.");
    }
}

namespace Aspire.Hosting.Docker
{
    public class DockerComposeEnvironmentResource(string name) : Resource(name);
}
