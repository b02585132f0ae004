using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trading.Data.Backfills;

/// <summary>What a backfill fetches anew, whatever is stored.</summary>
/// <param name="Tickers">The instruments, in the order in which they are fetched.</param>
/// <param name="Exchange">Where those are listed that are not known yet; null where all are.</param>
/// <param name="From">The first session.</param>
/// <param name="To">The last session.</param>
/// <param name="Interval">The length of the bars, such as <c>1d</c>.</param>
public sealed record BackfillSpec(
    IReadOnlyList<string> Tickers, string? Exchange, DateOnly From, DateOnly To, string Interval)
{
    /// <summary>The kind of the jobs that do backfills.</summary>
    public const string JobKind = "backfill";

    public static BackfillSpec Read(string json) =>
        JsonSerializer.Deserialize(json, BackfillJson.Default.BackfillSpec)
        ?? throw new JsonException("A backfill has a specification.");

    public string Write() => JsonSerializer.Serialize(this, BackfillJson.Default.BackfillSpec);
}

/// <summary>How far a backfill is; saved after each step.</summary>
/// <param name="Next">The place in the list of the first instrument that is not done.</param>
/// <param name="Stored">Bars new or changed.</param>
/// <param name="Failed">Instruments that no provider gave.</param>
/// <param name="Failures">The first of them, with why.</param>
public sealed record BackfillCursor(
    int Next, long Stored, int Failed, IReadOnlyList<BackfillFailure> Failures)
{
    private const int MostFailures = 100;

    public static BackfillCursor Start { get; } = new(0, 0, 0, []);

    public static BackfillCursor Read(string? json) => json is null
        ? Start
        : JsonSerializer.Deserialize(json, BackfillJson.Default.BackfillCursor) ?? Start;

    public string Write() => JsonSerializer.Serialize(this, BackfillJson.Default.BackfillCursor);

    public BackfillCursor After(int done, long stored, IReadOnlyList<BackfillFailure> failures) => new(
        Next + done, Stored + stored, Failed + failures.Count, [.. Failures.Concat(failures).Take(MostFailures)]);
}

/// <summary>An instrument that no provider gave, and why the last did not.</summary>
public sealed record BackfillFailure(string Ticker, string Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BackfillSpec))]
[JsonSerializable(typeof(BackfillCursor))]
internal sealed partial class BackfillJson : JsonSerializerContext;
