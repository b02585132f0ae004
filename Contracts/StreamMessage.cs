namespace Trading.Contracts;

/// <summary>Every message that the server sends, in one shape; <see cref="Type"/> says which fields it has.</summary>
internal sealed record StreamMessage(
    string? Type,
    string? Ticker,
    double Price,
    double? Change,
    double? ChangePercent,
    double? Volume,
    double Timestamp,
    long Seq,
    string? Code,
    string? Message)
{
    public PriceUpdate ToPriceUpdate() => new(Ticker!, Price, Change, ChangePercent, Volume, Timestamp, Seq);
}
