using Microsoft.Extensions.DependencyInjection;
using Trading.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var settings = AppHostSettings.From(builder.Configuration, builder.AppHostDirectory);

var postgres = builder.AddPostgres("postgres");
var database = postgres.AddDatabase("tradingdb");
var cache = builder.AddRedis("cache");
if (settings.KeepsData)
{
    postgres.WithDataVolume("trading-postgres");
    cache.WithDataVolume("trading-cache").WithPersistence(TimeSpan.FromSeconds(60), 1000);
}

// The web front end shows this to the API: its requests are its users', and not limited by its own address.
var serviceKey = builder.AddParameter(
    "service-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

// Signs access tokens.
var signingKey = builder.AddParameter(
    "signing-key", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true);

var worker = builder.AddProject<Projects.PricingWorker>("pricingworker", launchProfileName: null)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/ready")
    .WithReplicas(settings.WorkerReplicas)
    .WithReference(database).WaitFor(database)
    .WithReference(cache).WaitFor(cache);

var api = builder.AddProject<Projects.ApiService>("apiservice", launchProfileName: null)
    .WithHttpEndpoint(port: settings.ApiPort)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/ready")
    .WithUrlForEndpoint("http", url => { url.DisplayText = "API"; url.Url += "/swagger"; })
    .WithReplicas(settings.ApiReplicas)
    .WithReference(database).WaitFor(database)
    .WithReference(cache).WaitFor(cache)
    .WithReference(worker)
    .WithEnvironment("ServiceKey", serviceKey)
    .WithEnvironment("Auth__SigningKey", signingKey)
    .WithEnvironment("Auth__WebUrl", settings.WebUrl);
if (builder.ExecutionContext.IsRunMode)
{
    api.WithEnvironment("Auth__AdminPasswordFile", settings.LocalPath("admin-password"))
        .WithEnvironment("Mail__Folder", settings.LocalPath("mail"));
}

var web = builder.AddProject<Projects.Web>("web", launchProfileName: null)
    .WithHttpEndpoint(port: settings.WebPort)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/ready")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Web")
    .WithReference(api).WaitFor(api)
    .WithReference(cache)
    .WithEnvironment("ServiceKey", serviceKey);

if (builder.ExecutionContext.IsRunMode)
{
    web.WithEnvironment("DataProtection__Folder", settings.LocalPath("web-keys"));
}

foreach (var service in new[] { worker, api, web })
{
    service.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
    if (builder.ExecutionContext.IsRunMode)
    {
        service.WithEnvironment("Logs__Folder", settings.LocalPath("logs/json"));
    }

    foreach (var (name, value) in settings.For(service.Resource.Name))
    {
        service.WithEnvironment(name, value);
    }
}

if (builder.ExecutionContext.IsPublishMode && settings.PublishTarget == "compose")
{
    builder.AddDockerComposeEnvironment("compose");
}

builder.Services.AddHostedService<EndpointsFile>();
await builder.Build().RunAsync();
