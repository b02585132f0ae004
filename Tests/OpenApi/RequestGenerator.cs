using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Trading.Tests.OpenApi;

/// <summary>
/// Makes requests from the document: mostly of the right shape, so that they get past the reader, with values that are
/// right, at the edge, or hostile; sometimes of no shape at all.
/// </summary>
internal sealed class RequestGenerator(ApiDocument document, string[] known)
{
    private const int Deepest = 4;

    private static readonly string[] _texts =
    [
        "", " ", "0", "-1", "1", "500", "501", "10000", "2147483648", "1e400", "NaN", "true", "null", "AAPL", "aapl",
        "BTC/USD", "AAPL,MSFT", ",,,", "1m", "1d", "7w", "2018-02-07", "2018-02-30", "0001-01-01", "9999-12-31",
        "10000-01-01",
        "2018-02-07T21:00:00Z", "2018-02-07T21:00:00+14:00", "a@example.com", "a@@b", "'; DROP TABLE users; --",
        "\" OR 1=1", "%", "_", "../../etc/passwd", "\0", "\uD800", "\u202E", "e\u0301", "\U0001F4C8", "=1+1",
        "<script>", "${jndi:ldap://x}", "{0}", "four words of a test", "00000000-0000-0000-0000-000000000000",
        "01890a5d-ac96-774b-bcce-b302099a8057", "success", "failure", "viewer", "admin", "pro", "enterprise",
    ];

    private readonly Gen<string> _text = Gen.Frequency(
        (4, Gen.Elements(known)),
        (6, Gen.Elements(_texts)),
        (2, Gen.ArrayOf(Gen.Choose(32, 126).Select(code => (char)code)).Select(letters => new string(letters))),
        (1, Gen.ArrayOf(Gen.Choose(0, 0xFFFF).Select(code => (char)code)).Select(letters => new string(letters))),
        // Ends in the middle of a character where it is cut to one of the lengths that are kept.
        (1, Gen.Elements(39, 63, 99, 127, 199, 249, 255, 499, 999).Select(length => new string('a', length) + "\U0001F600")),
        (1, Gen.Choose(1, 3000).Select(length => new string('a', length))));

    private static readonly Gen<JsonNode?> _number = Gen.OneOf(
        Gen.Choose(-5, 1000).Select(number => (JsonNode?)number),
        Gen.Elements(long.MaxValue, long.MinValue, 1L << 31).Select(number => (JsonNode?)number),
        Gen.Elements(0.5, -1e308, 1e308, double.Epsilon).Select(number => (JsonNode?)number));

    /// <summary>One request to any of some operations.</summary>
    public Gen<GeneratedRequest> To(IReadOnlyList<ApiOperation> operations) =>
        from operation in Gen.Elements(operations.ToArray())
        from path in PathOf(operation)
        from query in QueryOf(operation)
        from body in BodyOf(operation)
        select new GeneratedRequest(operation, path + query, body);

    private Gen<string> PathOf(ApiOperation operation) => operation.Parameters("path")
        .Aggregate(Gen.Constant(operation.Path), (made, parameter) =>
            from path in made
            // Kestrel itself refuses a NUL in a path, before there is a request to answer.
            from value in _text.Where(text => text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal))
            select path.Replace($"{{{parameter["name"]}}}", Escape(value), StringComparison.Ordinal));

    private Gen<string> QueryOf(ApiOperation operation) => operation.Parameters("query")
        .Aggregate(Gen.Constant("?"), (made, parameter) =>
            from query in made
            from isSent in Gen.Choose(0, 2)
            from value in _text
            select isSent == 0 ? query : $"{query}{parameter["name"]}={Escape(value)}&")
        .SelectMany(query => Gen.Frequency((20, Gen.Constant(query)), (1, _text.Select(text => query + Escape(text)))));

    private static string Escape(string text)
    {
        // Half a surrogate pair has no UTF-8; it goes as the three bytes that it would have.
        return string.Concat(text.Select((letter, at) =>
            char.IsSurrogate(letter) && !IsPaired(text, at) ? "%ED%A0%80"
            : char.IsLowSurrogate(letter) ? ""
            : Uri.EscapeDataString(text.AsSpan(at, char.IsHighSurrogate(letter) ? 2 : 1))));
    }

    private static bool IsPaired(string text, int at) =>
        (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        || (char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1]));

    private static bool IsOf(JsonObject schema, string type) => schema["type"] switch
    {
        JsonValue one => (string?)one == type,
        JsonArray several => several.Any(each => (string?)each == type),
        _ => false,
    };

    private Gen<string?> BodyOf(ApiOperation operation) => operation.Body is not { } schema
        ? Gen.Frequency((20, Gen.Constant<string?>(null)), (1, _text.Select(text => (string?)text)))
        : Gen.Frequency(
            (12, ValueOf(document.Resolve(schema), Deepest).Select(body => (string?)(body?.ToJsonString() ?? "null"))),
            (2, _text.Select(text => (string?)text)),
            (1, ValueOf(document.Resolve(schema), Deepest)
                .Select(body => (string?)(body?.ToJsonString() ?? "null")[..^1])),
            (1, Gen.Constant<string?>(new string('[', 100))),
            (1, Gen.Constant<string?>(null)));

    private Gen<JsonNode?> ValueOf(JsonObject schema, int depth)
    {
        if (depth == 0)
        {
            return Gen.Constant<JsonNode?>(null);
        }

        var right = IsOf(schema, "object") ? ObjectOf(schema, depth)
            : IsOf(schema, "array") ? ValueOf(document.Resolve(schema["items"]!), depth - 1).Resize(5)
                .ArrayOf().Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))
            : IsOf(schema, "integer") || IsOf(schema, "number") ? _number
            : IsOf(schema, "boolean") ? Gen.Elements(true, false).Select(flag => (JsonNode?)flag)
            : _text.Select(text => (JsonNode?)text);
        return Gen.Frequency(
            (16, right),
            (1, Gen.Constant<JsonNode?>(null)),
            (1, _number),
            (1, _text.Select(text => (JsonNode?)text)),
            (1, Gen.Constant<JsonNode?>(new JsonArray(1, "two"))));
    }

    private Gen<JsonNode?> ObjectOf(JsonObject schema, int depth) =>
        (schema["properties"]?.AsObject() ?? []).Aggregate(
            Gen.Choose(0, 30).Select(extra => extra == 0 ? new JsonObject { ["owner_id"] = 1 } : []),
            (made, property) =>
                from body in made
                from isSent in Gen.Choose(0, 6)
                from value in ValueOf(document.Resolve(property.Value!), depth - 1)
                select isSent == 0 ? body : With(body, property.Key, value))
        .Select(body => (JsonNode?)body);

    private static JsonObject With(JsonObject body, string name, JsonNode? value)
    {
        var copy = body.DeepClone().AsObject();
        copy[name] = value?.DeepClone();
        return copy;
    }
}

/// <summary>A request as it was generated.</summary>
internal sealed record GeneratedRequest(ApiOperation Operation, string Path, string? Body)
{
    public override string ToString() => $"{Operation.Method} {Path} {Body}";
}
