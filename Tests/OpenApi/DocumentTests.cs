using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.OpenApi;

/// <summary>
/// The document of the API is a file under review. To take over a change: run this class with UPDATE_OPENAPI=1.
/// </summary>
public sealed partial class DocumentTests
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    // What is no part of the API: probes, metrics, the document itself, the WebSocket, what services ask one another.
    private static readonly string[] _undocumented =
    [
        "/health", "/ready", "/live", "/alive", "/metrics", "/openapi/{documentName}.json", "/ws/{clientId}",
        "/internal/settings", "/api/v1/ws",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string File => Path.Combine(RepositoryFolder.Path, "docs", "openapi.json");

    [Fact]
    public async Task The_OpenAPI_document_is_the_committed_file()
    {
        await using var host = await ApiHost.StartAsync();

        var served = JsonNode.Parse(await host.Http.GetStringAsync("/openapi/v1.json", Cancellation))!;

        var text = served.ToJsonString(_indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            await System.IO.File.WriteAllTextAsync(File, text, Cancellation);
        }

        Assert.StartsWith("3.1", (string?)served["openapi"], StringComparison.Ordinal);
        Assert.Equal(await System.IO.File.ReadAllTextAsync(File, Cancellation), text);
    }

    [Fact]
    public async Task The_route_table_is_the_OpenAPI_document()
    {
        await using var host = await ApiHost.StartAsync();
        var document = await ApiDocument.ReadAsync(host.Http, Cancellation);

        var documented = document.Operations.Select(operation => $"{operation.Method} {operation.Path}");
        var routed = Endpoints(host).Where(route => !_undocumented.Contains(TextOf(route.RoutePattern)))
            .SelectMany(route => Methods(route).Select(method => $"{method} {TextOf(route.RoutePattern)}"));

        Assert.Equal(documented.Order(StringComparer.Ordinal), routed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_table_of_paths_is_the_OpenAPI_document()
    {
        await using var host = await ApiHost.StartAsync();
        var document = await ApiDocument.ReadAsync(host.Http, Cancellation);
        var text = await System.IO.File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "docs", "api.md"), Cancellation);

        var told = TablePath().Matches(text[..text.IndexOf("## ", StringComparison.Ordinal)])
            .Select(match => $"{match.Groups["method"].Value} /api/v1{match.Groups["path"].Value}");

        Assert.Equal(
            document.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal),
            told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_and_says_how_it_fails()
    {
        await using var host = await ApiHost.StartAsync();
        var document = await ApiDocument.ReadAsync(host.Http, Cancellation);

        Assert.All(document.Operations, operation =>
        {
            Assert.NotEmpty(operation.Name);
            Assert.NotEmpty((string?)operation.Node["summary"] ?? "");
            Assert.Contains("429", operation.Node["responses"]!.AsObject().Select(response => response.Key));
        });
        Assert.Equal(document.Operations.Count, document.Operations.DistinctBy(operation => operation.Name).Count());
    }

    [Fact]
    public async Task An_endpoint_without_a_policy_fails_the_build()
    {
        await using var host = await ApiHost.StartAsync();
        var routes = Endpoints(host);

        Assert.True(routes.Count > 20, "The route table was not found.");
        Assert.Empty(routes.Where(HasNoPolicy).Select(route => TextOf(route.RoutePattern)));
    }

    [Fact]
    public void An_endpoint_that_says_nothing_has_no_policy()
    {
        static Task Answer(Microsoft.AspNetCore.Http.HttpContext context) => Task.CompletedTask;
        var bare = new RouteEndpointBuilder(Answer, RoutePatternFactory.Parse("/bare"), 0);

        Assert.True(HasNoPolicy((RouteEndpoint)bare.Build()));
        bare.Metadata.Add(new AuthorizeAttribute());
        Assert.True(HasNoPolicy((RouteEndpoint)bare.Build()));
        bare.Metadata.Add(new AuthorizeAttribute("viewer"));
        Assert.False(HasNoPolicy((RouteEndpoint)bare.Build()));
    }

    [GeneratedRegex("`(?<method>GET|POST|PUT|PATCH|DELETE) (?<path>/[^?`]*)[^`]*`")]
    private static partial Regex TablePath();

    private static bool HasNoPolicy(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is null
        && !route.Metadata.OfType<IAuthorizeData>().Any(data => data.Policy is not null)
        && !route.Metadata.OfType<AuthorizationPolicy>().Any();

    private static List<RouteEndpoint> Endpoints(ApiHost host) =>
        [.. host.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private static IEnumerable<string> Methods(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"];

    /// <summary>The pattern as the document writes it: without constraints and a slash at its end.</summary>
    private static string TextOf(RoutePattern pattern)
    {
        var segments = pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => "?",
        })));
        return "/" + string.Join('/', segments);
    }
}
