using Trading.Contracts;
using Trading.Domain.Strategies;
using Trading.Domain.Strategies.BuiltIn;
using Trading.Domain.Strategies.Language;
using Trading.Data.Strategies;

namespace Trading.ApiService.Strategies;

/// <summary>How strategies and what they are made of are told.</summary>
internal static class StrategyText
{
    public static StrategySummaryResponse Summarise(StrategyRow row, Guid reader) => new(
        row.Id.ToString(), row.Name, row.Description, KindOf(row, reader), row.Visibility, row.Version, row.UpdatedAt);

    public static StrategySummaryResponse Summarise(BuiltInStrategy builtIn) => new(
        builtIn.Name, builtIn.Title, builtIn.Description, StrategyKinds.BuiltIn, StrategyRow.Shared, 1, null);

    public static StrategyResponse Describe(StoredStrategy stored, Guid reader)
    {
        var (row, text) = stored;
        // Saved texts were valid; a later version of the language may see that otherwise.
        var parameters = StrategyLanguage.Compile(text.Source).Strategy?.Parameters ?? [];
        return new(
            row.Id.ToString(),
            row.Name,
            row.Description,
            KindOf(row, reader),
            row.Visibility,
            text.Number,
            text.Source,
            Describe(parameters),
            row.CreatedAt,
            row.UpdatedAt,
            row.Revision);
    }

    public static StrategyResponse Describe(BuiltInStrategy builtIn) => new(
        builtIn.Name,
        builtIn.Title,
        builtIn.Description,
        StrategyKinds.BuiltIn,
        StrategyRow.Shared,
        1,
        builtIn.Source,
        Describe(builtIn.Strategy.Parameters),
        null,
        null,
        1);

    public static StrategyParameterResponse[] Describe(IReadOnlyList<StrategyParameter> parameters) =>
    [
        .. parameters.Select(parameter => new StrategyParameterResponse(
            parameter.Name,
            parameter.Default,
            parameter.Minimum,
            parameter.Maximum,
            parameter.Step,
            parameter.IsInteger)),
    ];

    public static StrategyErrorResponse Describe(StrategyError error) =>
        new(error.Line, error.Column, error.Length, error.Message, error.Hint);

    private static string KindOf(StrategyRow row, Guid reader) =>
        row.OwnerId == reader ? StrategyKinds.Own : StrategyKinds.Shared;
}
