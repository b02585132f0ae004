using System.Text.Json.Nodes;

namespace Trading.Tests.OpenApi;

/// <summary>The API as its document describes it.</summary>
internal sealed class ApiDocument(JsonObject root)
{
    private static readonly string[] _methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. from path in root["paths"]!.AsObject()
           from item in path.Value!.AsObject()
           where _methods.Contains(item.Key)
           select new ApiOperation(item.Key.ToUpperInvariant(), path.Key, item.Value!.AsObject()),
    ];

    public static async Task<ApiDocument> ReadAsync(HttpClient http, CancellationToken cancellation) =>
        new(JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json", cancellation))!.AsObject());

    /// <summary>A schema, with a reference to another followed.</summary>
    public JsonObject Resolve(JsonNode schema)
    {
        var found = schema.AsObject();
        return (string?)found["$ref"] is { } reference
            ? Resolve(reference.Split('/').Skip(1).Aggregate((JsonNode)root, (node, name) => node[name]!))
            : found;
    }
}

/// <summary>One method of one path.</summary>
internal sealed record ApiOperation(string Method, string Path, JsonObject Node)
{
    public string Name => (string?)Node["operationId"] ?? string.Empty;

    public JsonNode? Body => Node["requestBody"]?["content"]?["application/json"]?["schema"];

    public IEnumerable<JsonObject> Parameters(string place) =>
        (Node["parameters"]?.AsArray() ?? []).Select(parameter => parameter!.AsObject())
        .Where(parameter => (string?)parameter["in"] == place);
}
