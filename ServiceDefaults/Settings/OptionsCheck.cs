using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Trading.ServiceDefaults.Settings;

/// <summary>
/// Reads all of this solution's settings that have rules, before anything else reads them: what begins with the host
/// would otherwise stumble over the first mistake, and nobody hear of the others.
/// </summary>
/// <param name="registered">The services; their validators say which settings there are.</param>
internal sealed partial class OptionsCheck(IServiceCollection registered)
{
    private const string Ours = "Trading.";

    /// <summary>What is wrong, each mistake as a sentence; empty where nothing is.</summary>
    public IReadOnlyList<string> FindMistakes(IServiceProvider services) =>
    [
        .. registered.Select(service => service.ServiceType)
            .Where(type => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IValidateOptions<>))
            .Select(type => type.GenericTypeArguments[0])
            .Where(options => options.FullName!.StartsWith(Ours, StringComparison.Ordinal))
            .Distinct()
            .SelectMany(options => MistakesOf(services, options)),
    ];

    private static IEnumerable<string> MistakesOf(IServiceProvider services, Type options)
    {
        try
        {
            ((IReading)Activator.CreateInstance(typeof(Reading<>).MakeGenericType(options))!).Read(services);
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
        catch (InvalidOperationException unread) when (Unread().Match(unread.Message) is { Success: true } match)
        {
            // The value is not repeated: who mixes two settings up may have put a secret there.
            return [$"{match.Groups["key"].Value} cannot be read as {match.Groups["type"].Value}."];
        }
    }

    [GeneratedRegex(@" at '(?<key>[^']+)' to type '(System\.)?(?<type>[^']+)'")]
    private static partial Regex Unread();

    private interface IReading
    {
        void Read(IServiceProvider services);
    }

    private sealed class Reading<TOptions> : IReading
        where TOptions : class
    {
        // Made anew, so that what is wrong now is not remembered.
        public void Read(IServiceProvider services) =>
            services.GetRequiredService<IOptionsFactory<TOptions>>().Create(Options.DefaultName);
    }
}
