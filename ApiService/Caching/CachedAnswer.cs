using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Caching;

/// <summary>An answer of 200 as it was made: what a client is told of it, and its body before compression.</summary>
internal sealed record CachedAnswer(string? ContentType, string? ETag, string? CacheControl, byte[] Body)
{
    /// <summary>Answers with it, or with 304 where the client has it.</summary>
    public async Task SendAsync(HttpContext context, CacheSource source)
    {
        var response = context.Response;
        response.Headers["X-Cache"] = source switch
        {
            CacheSource.Memory => "memory",
            CacheSource.Redis => "redis",
            _ => "miss",
        };
        response.Headers.ETag = ETag;
        response.Headers.CacheControl = CacheControl;
        if (ETag is not null && context.Request.Headers.IfNoneMatch.ToString().Contains(ETag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, context.RequestAborted);
    }
}

/// <summary>Three headers and the body, each with its length.</summary>
internal sealed class CachedAnswerCodec : CacheCodec<CachedAnswer>
{
    public override void Write(CachedAnswer value, IBufferWriter<byte> output)
    {
        using var headers = new MemoryStream();
        using var writer = new BinaryWriter(headers, Encoding.UTF8);
        writer.Write(value.ContentType ?? "");
        writer.Write(value.ETag ?? "");
        writer.Write(value.CacheControl ?? "");
        writer.Write(value.Body.Length);
        output.Write(headers.GetBuffer().AsSpan(0, (int)headers.Length));
        output.Write(value.Body);
    }

    public override bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CachedAnswer? value)
    {
        value = null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray(), writable: false), Encoding.UTF8);
            var (type, tag, control) = (TextOf(reader), TextOf(reader), TextOf(reader));
            var length = reader.ReadInt32();
            if (length < 0 || length != reader.BaseStream.Length - reader.BaseStream.Position)
            {
                return false;
            }

            value = new CachedAnswer(type, tag, control, reader.ReadBytes(length));
            return true;
        }
        catch (Exception error) when (error is IOException or FormatException or DecoderFallbackException)
        {
            return false;
        }
    }

    // A line break in a header would make two of it.
    private static string? TextOf(BinaryReader reader)
    {
        var text = reader.ReadString();
        return text.Any(char.IsControl) ? throw new FormatException("A header has a control character.") : text.Length == 0 ? null : text;
    }
}
