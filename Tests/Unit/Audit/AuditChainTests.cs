using Trading.Data.Audit;

namespace Trading.Tests.Unit.Audit;

public sealed class AuditChainTests
{
    /// <summary>Computed with Python's hashlib and struct from the description of the chain in docs/audit.md.</summary>
    private const string Expected = "50dcf8cfc91ca82171b6a5920c89f92d7d7b9cf135374d558eae20b7ac277d83";

    [Fact]
    public void A_row_has_the_hash_that_another_program_computes() =>
        Assert.Equal(Expected, Convert.ToHexStringLower(AuditChain.HashOf(AuditChain.Start, Row("login"))));

    [Fact]
    public void A_change_of_a_field_or_of_the_row_before_changes_the_hash()
    {
        var hash = AuditChain.HashOf(AuditChain.Start, Row("login"));

        Assert.NotEqual(hash, AuditChain.HashOf(AuditChain.Start, Row("logout")));
        Assert.NotEqual(hash, AuditChain.HashOf(hash, Row("login")));
    }

    private static AuditRow Row(string action) => new()
    {
        Id = 1,
        Time = new DateTime(2026, 2, 7, 21, 0, 0, DateTimeKind.Utc).AddMicroseconds(123_456),
        ActorId = Guid.Parse("0198c5a0-0000-7000-8000-000000000001"),
        Actor = "ada@example.com",
        Action = action,
        Outcome = "success",
        Address = "192.0.2.1",
        UserAgent = "curl/8",
        RequestId = "r-1",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Details = "{\"reason\":\"ü\"}",
    };
}
