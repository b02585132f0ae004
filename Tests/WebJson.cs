using System.Text.Json;

namespace Trading.Tests;

/// <summary>The API's JSON.</summary>
internal static class WebJson
{
    public static JsonSerializerOptions Snake { get; } =
        new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
