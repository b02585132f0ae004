using Microsoft.Extensions.Options;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Upkeep;

/// <summary>Tells all that is wrong with how bars are to be kept before any is dropped.</summary>
internal sealed class StorageValidation : IValidateOptions<StorageOptions>
{
    // The month that is still written must never be over; of days, signals and charts want a year.
    private static readonly TimeSpan _fewestMinutes = TimeSpan.FromDays(35);
    private static readonly TimeSpan _fewestDays = TimeSpan.FromDays(400);

    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        Mistakes(options).ToArray() is { Length: > 0 } mistakes
            ? ValidateOptionsResult.Fail(mistakes)
            : ValidateOptionsResult.Success;

    private static IEnumerable<string> Mistakes(StorageOptions options)
    {
        if (options.MonthsAhead is < 1 or > 24)
        {
            yield return "Storage:MonthsAhead: 1 to 24.";
        }

        foreach (var (code, kept) in options.Keep)
        {
            if (!BarInterval.TryParse(code, out var interval)
                || !(interval.IsDaily || interval == BarInterval.OneMinute))
            {
                yield return $"Storage:Keep:{code}: 1m and 1d are stored, nothing else.";
            }
            else if (kept < (interval.IsDaily ? _fewestDays : _fewestMinutes))
            {
                yield return $"Storage:Keep:{code}: at least {(interval.IsDaily ? _fewestDays : _fewestMinutes).TotalDays} days.";
            }
        }

        if (options.Keep.Count > 0 && string.IsNullOrWhiteSpace(options.ExportFolder))
        {
            yield return "Storage:ExportFolder: where bars go that are not kept, as Storage:Keep says that some are not.";
        }
    }
}
