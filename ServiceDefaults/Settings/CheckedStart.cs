using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Trading.ServiceDefaults.Settings;

/// <summary>Starts a service, or says everything that is wrong with its configuration.</summary>
public static class CheckedStart
{
    /// <summary>The exit code of a service whose configuration has mistakes (EX_CONFIG of sysexits.h).</summary>
    public const int BadConfiguration = 78;

    /// <summary>Runs the service until it is stopped.</summary>
    /// <param name="app">The service.</param>
    /// <returns>0; <see cref="BadConfiguration"/> where it did not start.</returns>
    public static async Task<int> RunCheckedAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetService<OptionsCheck>()?.FindMistakes(app.Services) is { Count: > 0 } found)
        {
            await RefuseAsync(found).ConfigureAwait(false);
            await app.DisposeAsync().ConfigureAwait(false);
            return BadConfiguration;
        }

        try
        {
            await app.RunAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception error) when (MistakesOf(error) is { Length: > 0 } mistakes)
        {
            await RefuseAsync(mistakes).ConfigureAwait(false);
            return BadConfiguration;
        }
    }

    private static Task RefuseAsync(IReadOnlyList<string> mistakes) => Console.Error.WriteLineAsync(
        $"This does not start: the configuration has {(mistakes.Count == 1 ? "a mistake" : $"{mistakes.Count} mistakes")}.\n"
        + string.Join('\n', mistakes.Select(mistake => $"- {mistake}")));

    private static string[] MistakesOf(Exception error) => error switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several when several.InnerExceptions.All(inner => MistakesOf(inner).Length > 0) =>
            [.. several.InnerExceptions.SelectMany(MistakesOf)],
        _ => [],
    };
}
