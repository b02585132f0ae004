using Microsoft.EntityFrameworkCore;
using Trading.Domain.Market;

namespace Trading.Data.Instruments;

public sealed class InstrumentStore(IDbContextFactory<TradingDbContext> contexts)
{
    /// <summary>Every instrument, by ticker.</summary>
    public async Task<IReadOnlyList<Instrument>> AllAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Instruments.AsNoTracking()
            .OrderBy(instrument => instrument.Ticker)
            .ToListAsync(cancellationToken);
    }

    public async Task<Instrument?> FindAsync(string ticker, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Instruments.AsNoTracking()
            .SingleOrDefaultAsync(instrument => instrument.Ticker == ticker, cancellationToken);
    }

    /// <summary>One page, by ticker. Ask for one more than the page holds to learn whether another follows.</summary>
    public async Task<IReadOnlyList<Instrument>> SearchAsync(
        InstrumentQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Filter(context.Instruments.AsNoTracking(), query)
            .OrderBy(instrument => instrument.Ticker)
            .Take(query.Limit)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<Instrument> Filter(IQueryable<Instrument> instruments, InstrumentQuery query)
    {
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            var pattern = $"%{EscapeLike(query.Search.Trim())}%";
            instruments = instruments.Where(instrument =>
                EF.Functions.ILike(instrument.Ticker, pattern, "\\")
                || EF.Functions.ILike(instrument.Name, pattern, "\\"));
        }

        if (query.Country is { } country)
        {
            instruments = instruments.Where(instrument => instrument.Country == country);
        }

        if (query.Sector is { } sector)
        {
            instruments = instruments.Where(instrument => instrument.Sector == sector);
        }

        return query.AfterTicker is { } after
            ? instruments.Where(instrument => instrument.Ticker.CompareTo(after) > 0)
            : instruments;
    }

    private static string EscapeLike(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
}
