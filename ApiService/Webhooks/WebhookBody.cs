using System.Buffers;
using System.Text.Json;
using Trading.Data.Webhooks;

namespace Trading.ApiService.Webhooks;

/// <summary>What is sent: <c>{"id","type","created_at","data"}</c>, the same bytes at every try.</summary>
internal static class WebhookBody
{
    public static byte[] Of(ClaimedDelivery delivery)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("id", delivery.EventId);
            json.WriteString("type", delivery.Type);
            json.WriteString("created_at", delivery.CreatedAt);
            json.WritePropertyName("data");
            json.WriteRawValue(delivery.Data);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
