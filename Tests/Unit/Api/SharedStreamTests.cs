using System.Net.WebSockets;
using Trading.ApiService.Stream;

namespace Trading.Tests.Unit.Api;

public sealed class SharedStreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(70_000)]
    public async Task The_framework_writes_a_frame_at_once(int length)
    {
        var wire = new Recorder();
        using var shared = new SharedStream(wire, TimeProvider.System);
        using var socket = WebSocket.CreateFromStream(shared, new WebSocketCreationOptions { IsServer = true });

        var cancellation = TestContext.Current.CancellationToken;
        await socket.SendAsync(new byte[length], WebSocketMessageType.Text, true, cancellation);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "bye", cancellation);

        // Headers of 2, 4 or 10 bytes: RFC 6455, 5.2. A close is a status of two bytes and the reason.
        var header = length <= 125 ? 2 : length < 65_536 ? 4 : 10;
        Assert.Equal([header + length, 2 + 2 + 3], wire.Writes);
    }

    [Fact]
    public void The_answer_to_the_handshake_is_that_of_the_standard() =>
        // The example of RFC 6455, 1.3.
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Handshake.AcceptOf("dGhlIHNhbXBsZSBub25jZQ=="));

    private sealed class Recorder : MemoryStream
    {
        public List<int> Writes { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes.Add(buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
