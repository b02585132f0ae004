using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false) => builder.AddResource(builder.CreateParameter(name, value, secret));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(
            name,
            _ => ValueTask.FromResult<string?>(builder.Configured(name)
                ?? throw new DistributedApplicationException($"Set the parameter {name} as Parameters:{name}.")),
            secret));

    /// <summary>A parameter from configuration, or else generated once and kept in the local folder.</summary>
    internal static ParameterResource CreateParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret)
    {
        var generated = new Lazy<string>(() =>
            ((DistributedApplicationBuilder)builder).Folders.GetOrAddSecret(name, value.GetDefaultValue));
        return new ParameterResource(
            name, _ => ValueTask.FromResult<string?>(builder.Configured(name) ?? generated.Value), secret);
    }

    private static string? Configured(this IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"];
}
