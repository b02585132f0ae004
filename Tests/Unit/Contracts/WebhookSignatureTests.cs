using System.Text;
using Trading.Contracts;

namespace Trading.Tests.Unit.Contracts;

/// <summary>
/// The digests come from openssl:
/// <c>printf '%s' '1767225600.{"id":"0198c5a0-0000-7000-8000-000000000001","type":"ping"}' | openssl dgst -sha256 -hmac
/// whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw</c>, the second with <c>-hmac whsec_old</c>.
/// </summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OldSecret = "whsec_old";
    private const string Digest = "636c57d9619ed1c2db30cc3c851f981aa815bb80b873f9dbcfceb47142457bac";
    private const string OldDigest = "0a675d40bda911147301b6c7771b159512abe998d3cbc54d36c53436c4f99084";
    private const string Header = "t=1767225600,v1=" + Digest;

    private static readonly DateTimeOffset _signed = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly byte[] _body =
        Encoding.UTF8.GetBytes("""{"id":"0198c5a0-0000-7000-8000-000000000001","type":"ping"}""");

    [Fact]
    public void A_signature_is_what_openssl_computes()
    {
        Assert.Equal(Header, WebhookSignature.Sign(_signed, _body, Secret));
        Assert.Equal($"{Header},v1={OldDigest}", WebhookSignature.Sign(_signed, _body, Secret, OldSecret));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    [InlineData(315_360_000, false)]
    public void Webhooks_are_signed_with_a_tolerance_of_5_minutes(int secondsLater, bool isRight) =>
        Assert.Equal(isRight, WebhookSignature.Verify(Header, _body, Secret, At(secondsLater)));

    [Fact]
    public void While_a_secret_is_replaced_each_of_both_verifies()
    {
        const string both = Header + ",v1=" + OldDigest;

        Assert.True(WebhookSignature.Verify(both, _body, Secret, At(0)));
        Assert.True(WebhookSignature.Verify(both, _body, OldSecret, At(0)));
        Assert.False(WebhookSignature.Verify(both, _body, "whsec_other", At(0)));
        Assert.False(WebhookSignature.Verify(Header, _body, OldSecret, At(0)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1767225600")]
    [InlineData("v1=" + Digest)]
    [InlineData("t=1767225601,v1=" + Digest)]
    [InlineData("t=+1767225600,v1=" + Digest)]
    [InlineData("t=1767225600,t=1767225600,v1=" + Digest)]
    [InlineData("t=1767225600,v0=" + Digest)]
    [InlineData("t=1767225600,v1=" + Digest + "00")]
    [InlineData("t=1767225600,v1=636c57d9")]
    [InlineData("t=1767225600,v1=zz6c57d9619ed1c2db30cc3c851f981aa815bb80b873f9dbcfceb47142457bac")]
    [InlineData("t=99999999999999999999,v1=" + Digest)]
    public void A_header_that_is_not_whole_is_refused(string? header) =>
        Assert.False(WebhookSignature.Verify(header, _body, Secret, At(0)));

    [Fact]
    public void A_body_that_was_changed_is_refused()
    {
        var changed = _body.ToArray();
        changed[^1] ^= 1;

        Assert.False(WebhookSignature.Verify(Header, changed, Secret, At(0)));
        Assert.False(WebhookSignature.Verify(Header, [.. _body, (byte)' '], Secret, At(0)));
    }

    private static FixedTime At(int secondsLater) => new(_signed.AddSeconds(secondsLater));

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
