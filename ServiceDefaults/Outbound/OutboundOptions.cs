namespace Trading.ServiceDefaults.Outbound;

/// <summary>
/// What requests to users' addresses may do besides; section <c>Outbound</c>. For tests and development only.
/// </summary>
public sealed class OutboundOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Outbound";

    /// <summary>Lets requests reach this machine itself; every other address stays as closed.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>Lets an address begin with <c>http:</c>.</summary>
    public bool AllowHttp { get; set; }
}
