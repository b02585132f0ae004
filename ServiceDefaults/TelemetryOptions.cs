namespace Trading.ServiceDefaults;

/// <summary>Section <c>Telemetry</c>. It is read while the host is built; bound too, so that a mistake in it is named.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>False: nothing is measured and no span is made.</summary>
    public bool Enabled { get; set; } = true;
}
