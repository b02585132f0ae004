using System.Globalization;
using Trading.Contracts;
using Trading.Data.CorporateActions;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.ApiService.CorporateActions;

/// <summary>Splits and dividends as clients read them.</summary>
internal static class ActionText
{
    public static async Task<CorporateActionsResponse> ReadAsync(
        Instrument instrument, ActionStore store, CancellationToken cancellationToken)
    {
        var actions = await store.ListAsync(instrument.Id, cancellationToken);
        var history = await store.ReadAsync([instrument.Id], cancellationToken);
        return new CorporateActionsResponse(
            instrument.Ticker,
            instrument.Currency,
            [.. actions.Select(Describe)],
            [.. history.Bases[instrument.Id].OrderBy(basis => basis.First).Select(Describe)]);
    }

    public static CorporateActionChangeResponse Describe(ActionChangeRow row) =>
        new(Of(row.Kind), row.ExDate, row.OldValue, row.NewValue, row.Source, row.ChangedAt);

    public static string Of(CorporateActionKind kind) => kind == CorporateActionKind.Split ? "split" : "dividend";

    public static CorporateActionKind? KindOf(string text) => text switch
    {
        "split" => CorporateActionKind.Split,
        "dividend" => CorporateActionKind.Dividend,
        _ => null,
    };

    private static CorporateActionResponse Describe(CorporateActionRow row) => new(
        Of(row.Kind),
        row.ExDate,
        row.Value,
        row.Kind == CorporateActionKind.Split ? RatioOf(row.Value) : null,
        row.Source,
        row.Corrected,
        row.Withdrawn,
        row.UpdatedAt);

    private static PriceBasisResponse Describe(PriceBasis basis) => new(
        basis.First,
        basis.Last,
        basis.Holds switch
        {
            PriceAdjustment.Split => "split",
            PriceAdjustment.Total => "total",
            _ => "none",
        },
        basis.Holds == PriceAdjustment.None ? null : basis.AdjustedTo);

    private static string RatioOf(double value)
    {
        var ratio = SplitRatio.Of(value);
        return string.Create(CultureInfo.InvariantCulture, $"{ratio.New}:{ratio.Old}");
    }
}
