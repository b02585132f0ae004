using System.Text.Json;

namespace Trading.Contracts;

/// <summary>Something that a user is told over their stream.</summary>
/// <param name="Type">
/// What it is, such as <c>backtest_progress</c>. <see cref="Connected"/> comes first on every connection: what was told
/// before it was not heard, and has to be asked for.
/// </param>
/// <param name="Body">The whole message.</param>
public sealed record UserMessage(string Type, JsonElement Body)
{
    /// <summary>The connection stands, and everything from now on is heard.</summary>
    public const string Connected = "authenticated";
}
