using System.Text.Json.Serialization;

namespace Trading.Contracts;

/// <summary>A setting that may be changed while the system runs.</summary>
/// <param name="Key">Such as <c>LOG_LEVEL</c> or <c>FeatureManagement:Registration</c>.</param>
/// <param name="Value">What holds now.</param>
/// <param name="Changed">True where it was set over the API; false where files or the environment say it.</param>
/// <param name="UpdatedBy">Who set it.</param>
/// <param name="UpdatedAt">When, UTC.</param>
public sealed record SettingResponse(string Key, string? Value, bool Changed, string? UpdatedBy, DateTime? UpdatedAt);

/// <summary>Sets a setting.</summary>
/// <param name="Value">What is to hold.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SettingRequest(string? Value);

/// <summary>A feature that can be switched on and off.</summary>
/// <param name="Name">The flag's name.</param>
/// <param name="Enabled">Whether it is on.</param>
/// <param name="Description">What it switches.</param>
public sealed record FeatureResponse(string Name, bool Enabled, string Description);
