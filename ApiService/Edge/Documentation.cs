using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>The OpenAPI document, with an example of each body, and a page to try it.</summary>
internal static class Documentation
{
    private const string DocumentPath = "/openapi/v1.json";

    private static readonly PathString _page = "/swagger";

    private static readonly Dictionary<Type, string> _examples = new()
    {
        [typeof(QuoteResponse)] = """
            {"ticker":"AAPL","price":178.5,"change":2.35,"change_percent":1.3341,"volume":51234567,
             "timestamp":1767225600.25,"seq":1767225600250,"open":176.4,"high":179.1,"low":176.02,
             "previous_close":176.15,"source":"live","synthetic":false,"stale":false}
            """,
        [typeof(InstrumentResponse)] = """
            {"ticker":"AAPL","name":"Apple Inc.","country":"US","sector":"Information Technology","currency":"USD",
             "exchange":"XNAS","synthetic":false,"first_session":"2013-02-08","last_session":"2018-02-07"}
            """,
        [typeof(BarResponse)] = """
            {"time":"2018-02-07T21:00:00Z","open":163.085,"high":163.4,"low":159.0685,"close":159.54,
             "volume":51608580,"synthetic":false}
            """,
        [typeof(StrategyRequest)] = """
            {"name":"Fast and slow","description":"Follows the trend.",
             "source":"param fast = 12 in 5..50\nentry: crosses_above(ema(fast), ema(26)) and rsi(14) < 70\nexit: rsi(14) > 80"}
            """,
        [typeof(StrategyResponse)] = """
            {"id":"01890a5d-ac96-774b-bcce-b302099a8057","name":"Fast and slow","description":"Follows the trend.",
             "kind":"own","visibility":"private","version":3,
             "source":"param fast = 12 in 5..50\nentry: crosses_above(ema(fast), ema(26)) and rsi(14) < 70\nexit: rsi(14) > 80",
             "parameters":[{"name":"fast","default":12,"minimum":5,"maximum":50,"step":null,"whole":true}],
             "created_at":"2026-01-05T09:30:00Z","updated_at":"2026-01-06T10:00:00Z","revision":4}
            """,
        [typeof(StrategyCheckRequest)] = """
            {"source":"entry: emma(12) > close"}
            """,
        [typeof(StrategyCheckResponse)] = """
            {"valid":false,"errors":[{"line":1,"column":8,"length":4,"message":"There is nothing called emma.",
             "hint":"Did you mean ema?"}],"parameters":[],"warm_up":null,"settling":null,"indicators":[]}
            """,
        [typeof(StrategyVisibilityRequest)] = """
            {"visibility":"shared"}
            """,
        [typeof(ProblemResponse)] = """
            {"type":"urn:trading:problem:unknown_ticker","title":"Not Found","status":404,
             "detail":"No instrument has the ticker APPL. /api/v1/instruments?search= finds one.",
             "code":"unknown_ticker","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}
            """,
    };

    public static IServiceCollection AddDocumentation(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Trading API",
                    Version = "v1",
                    Description = "Instruments, quotes and bars. Every failure is problem details with a stable `code`."
                        + " Live quotes come over the WebSocket at `/ws/{clientId}`.",
                };
                document.Servers?.Clear();
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                if (_examples.TryGetValue(context.JsonTypeInfo.Type, out var example))
                {
                    schema.Examples = [JsonNode.Parse(example)!];
                }

                return Task.CompletedTask;
            });
        });

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        // Apart, as the page's middleware looks at every path with regular expressions.
        app.UseWhen(context => context.Request.Path.StartsWithSegments(_page), branch => branch.UseSwaggerUI(page =>
        {
            page.RoutePrefix = _page.Value!.TrimStart('/');
            page.DocumentTitle = "Trading API";
            page.SwaggerEndpoint(DocumentPath, "v1");
        }));
    }
}
