using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Trading.ServiceDefaults.Cache;

namespace Trading.Tests.Faults;

/// <summary>Texts that begin with "text:", so that others are none.</summary>
internal sealed class TextCodec : CacheCodec<string>
{
    public override void Write(string value, IBufferWriter<byte> output) => Encoding.UTF8.GetBytes("text:" + value, output);

    public override bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? value)
    {
        var text = Encoding.UTF8.GetString(bytes);
        value = text.StartsWith("text:", StringComparison.Ordinal) ? text[5..] : null;
        return value is not null;
    }
}
