namespace Aspire.Hosting.ApplicationModel;

public sealed class PostgresServerResource(string name, ParameterResource password)
    : Resource(name), IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithWaitSupport
{
    internal EndpointAnnotation Endpoint { get; } = new("tcp", null);

    internal IList<PostgresDatabaseResource> Databases { get; } = [];

    public ParameterResource PasswordParameter => password;

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
    {
        var port = new EndpointReference(this, Endpoint).Port;
        return $"Host=localhost;Port={port};Username=postgres;Password={await password.GetValueAsync(cancellationToken)}";
    }
}

public sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource server)
    : Resource(name), IResourceWithConnectionString, IResourceWithParent
{
    public string DatabaseName => databaseName;

    public PostgresServerResource Parent => server;

    IResource IResourceWithParent.Parent => server;

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        $"{await server.GetConnectionStringAsync(cancellationToken)};Database={databaseName}";
}
