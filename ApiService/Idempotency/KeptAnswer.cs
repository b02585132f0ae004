namespace Trading.ApiService.Idempotency;

/// <summary>An answer as it is kept and sent again.</summary>
internal sealed record KeptAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    private static readonly string[] _kept = ["Content-Type", "Location", "Cache-Control", "ETag"];

    public static KeptAnswer Of(HttpResponse response, byte[] body) => new(
        response.StatusCode,
        [.. _kept.Where(response.Headers.ContainsKey).Select(name => (name, response.Headers[name].ToString()))],
        body);

    public static KeptAnswer Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var status = reader.ReadInt32();
        var headers = new (string, string)[reader.ReadInt32()];
        for (var index = 0; index < headers.Length; index++)
        {
            headers[index] = (reader.ReadString(), reader.ReadString());
        }

        return new KeptAnswer(status, headers, reader.ReadBytes(reader.ReadInt32()));
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Status);
        writer.Write(Headers.Count);
        foreach (var (name, value) in Headers)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(Body.Length);
        writer.Write(Body);
        writer.Flush();
        return stream.ToArray();
    }

    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        response.Headers["Idempotency-Replayed"] = "true";
        await response.Body.WriteAsync(Body, context.RequestAborted);
    }
}
