using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

public class ParameterResource(string name, Func<CancellationToken, ValueTask<string?>> value, bool secret) : Resource(name)
{
    public bool Secret => secret;

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => value(cancellationToken);
}

public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}

public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz";
    private const string Digits = "0123456789";

    public int MinLength { get; set; } = 22;

    public bool Special { get; set; } = true;

    public override string GetDefaultValue() =>
        RandomNumberGenerator.GetString(Letters + Digits + (Special ? "-_.+" : string.Empty), MinLength);
}
