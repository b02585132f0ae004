namespace Aspire.Hosting.ApplicationModel;

public sealed class RedisResource(string name, ParameterResource password)
    : Resource(name), IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithWaitSupport
{
    internal EndpointAnnotation Endpoint { get; } = new("tcp", null);

    /// <summary>How often a snapshot is taken, and after how many changes; null where nothing is kept.</summary>
    internal (TimeSpan Interval, long Changes)? Persistence { get; set; }

    public ParameterResource? PasswordParameter => password;

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
    {
        var port = new EndpointReference(this, Endpoint).Port;
        return $"localhost:{port},password={await password.GetValueAsync(cancellationToken)}";
    }
}
