using System.Text.Json;

namespace Trading.Benchmarks.Running;

/// <summary>What AppHost says of where everything is.</summary>
internal sealed class Endpoints(JsonElement file)
{
    public static Endpoints? TryRead(string path)
    {
        try
        {
            return new Endpoints(JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path)));
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }

    public Uri Url(string service) => new(file.GetProperty("urls").GetProperty(service).GetString()!);

    public string ConnectionString(string store) =>
        file.GetProperty("connection_strings").GetProperty(store).GetString()!;

    public int ProcessId(string resource) =>
        Entries("process_ids").First(entry => IsOf(resource, entry.Name)).Value.GetInt32();

    public bool IsHealthy(string resource) =>
        Entries("states").Any(entry => IsOf(resource, entry.Name) && entry.Value.GetString() == "Healthy");

    private JsonElement.ObjectEnumerator Entries(string name) => file.GetProperty(name).EnumerateObject();

    // Aspire adds a suffix to the name of each replica.
    private static bool IsOf(string resource, string id) =>
        id == resource || id.StartsWith(resource + "-", StringComparison.Ordinal);
}
