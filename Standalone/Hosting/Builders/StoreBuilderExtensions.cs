using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class PostgresBuilderExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var secret = password?.Resource ?? builder.CreateParameter($"{name}-password", StorePassword.Default, secret: true);
        var server = new PostgresServerResource(name, secret);
        server.Endpoint.Port = port;
        return builder.AddResource(server);
    }

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.Databases.Add(database);
        return builder.ApplicationBuilder.AddResource(database);
    }

    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.With(new DataFolderAnnotation(name ?? builder.Resource.Name));
}

public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        var secret = password?.Resource ?? builder.CreateParameter($"{name}-password", StorePassword.Default, secret: true);
        var redis = new RedisResource(name, secret);
        redis.Endpoint.Port = port;
        return builder.AddResource(redis);
    }

    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.With(new DataFolderAnnotation(name ?? builder.Resource.Name)).WithPersistence();

    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        builder.Resource.Persistence = (interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold);
        return builder;
    }
}

internal static class StorePassword
{
    public static GenerateParameterDefault Default { get; } = new() { MinLength = 24, Special = false };
}
