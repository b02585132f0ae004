using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Trading.ServiceDefaults.Cache;

/// <summary>Writes values for Redis and reads them back.</summary>
/// <typeparam name="T">The value; it must not change once it is cached, as those who ask share it.</typeparam>
public abstract class CacheCodec<T>
    where T : class
{
    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="output">Takes what is written.</param>
    public abstract void Write(T value, IBufferWriter<byte> output);

    /// <summary>Reads what was written.</summary>
    /// <param name="bytes">What Redis holds; whoever may write there may have put anything.</param>
    /// <param name="value">The value.</param>
    /// <returns>False where it is no such value.</returns>
    public abstract bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out T? value);
}

/// <summary>Writes values as JSON.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="type">How it is written.</param>
public sealed class JsonCacheCodec<T>(JsonTypeInfo<T> type) : CacheCodec<T>
    where T : class
{
    /// <inheritdoc/>
    public override void Write(T value, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, value, type);
    }

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out T? value)
    {
        try
        {
            value = JsonSerializer.Deserialize(bytes, type);
            return value is not null;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }
}
