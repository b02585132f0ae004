using Microsoft.EntityFrameworkCore;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>Reads signals, their history, what they came to, and anomalies.</summary>
public sealed class SignalStore(IDbContextFactory<TradingDbContext> contexts)
{
    /// <summary>Every active signal, by ticker.</summary>
    public async Task<IReadOnlyList<TickerSignal>> ActiveAsync(string? interval, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await WithTicker(context, context.Set<SignalRow>()
                .Where(row => row.State == SignalState.Active && (interval == null || row.Interval == interval)))
            .OrderBy(one => one.Ticker).ThenBy(one => one.Signal.Interval).ToListAsync(cancellationToken);
    }

    /// <summary>One page. Ask for one more than the page holds to learn whether another follows.</summary>
    public async Task<IReadOnlyList<TickerSignal>> SearchAsync(SignalQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var page = Filter(context.Set<SignalRow>(), query)
            .OrderByDescending(row => row.Time).ThenByDescending(row => row.Id).Take(query.Limit);
        return await WithTicker(context, page)
            .OrderByDescending(one => one.Signal.Time).ThenByDescending(one => one.Signal.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task<TickerSignal?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await WithTicker(context, context.Set<SignalRow>().Where(row => row.Id == id))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The states that a signal came to, in their order.</summary>
    public async Task<IReadOnlyList<SignalEvent>> HistoryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<SignalEvent>().AsNoTracking().Where(row => row.SignalId == id)
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Every signal that has ended by the market, without those whose prices were corrected.</summary>
    public async Task<IReadOnlyList<ResolvedSignal>> ResolvedAsync(
        string interval, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<SignalRow>().AsNoTracking()
            .Where(row => row.Interval == interval && row.State != SignalState.Active
                && row.Reason != SignalLife.CorrectionReason)
            .OrderBy(row => row.Time).ThenBy(row => row.Id)
            .Select(row => new ResolvedSignal(
                row.Id, row.Direction, row.Regime, row.State, row.R, row.Confidence, row.Calibrated, row.Backfilled))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Some signals by id, in no order.</summary>
    public async Task<IReadOnlyList<TickerSignal>> FindAllAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await WithTicker(context, context.Set<SignalRow>().Where(row => ids.Contains(row.Id)))
            .ToListAsync(cancellationToken);
    }

    public async Task<CalibrationRow?> CalibrationAsync(string interval, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<CalibrationRow>().AsNoTracking().Where(row => row.Interval == interval)
            .OrderByDescending(row => row.FittedAt).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>One page of anomalies.</summary>
    public async Task<IReadOnlyList<TickerAnomaly>> AnomaliesAsync(
        AnomalyQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var page = Filter(context.Set<AnomalyRow>(), query)
            .OrderByDescending(row => row.Time).ThenByDescending(row => row.Id).Take(query.Limit);
        return await page.AsNoTracking()
            .Join(context.Instruments, row => row.InstrumentId, known => known.Id, (row, known) =>
                new TickerAnomaly { Ticker = known.Ticker, Anomaly = row })
            .OrderByDescending(one => one.Anomaly.Time).ThenByDescending(one => one.Anomaly.Id)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<TickerSignal> WithTicker(TradingDbContext context, IQueryable<SignalRow> rows) =>
        rows.AsNoTracking().Join(context.Instruments, row => row.InstrumentId, known => known.Id, (row, known) =>
            new TickerSignal { Ticker = known.Ticker, Signal = row });

    private static IQueryable<SignalRow> Filter(IQueryable<SignalRow> rows, SignalQuery query)
    {
        rows = query.InstrumentId is { } id ? rows.Where(row => row.InstrumentId == id) : rows;
        rows = query.Interval is { } interval ? rows.Where(row => row.Interval == interval) : rows;
        rows = query.Direction is { } direction ? rows.Where(row => row.Direction == direction) : rows;
        rows = query.State is { } state ? rows.Where(row => row.State == state) : rows;
        rows = query.Regime is { } regime ? rows.Where(row => row.Regime == regime) : rows;
        rows = query.MinConfidence is { } least ? rows.Where(row => row.Confidence >= least) : rows;
        rows = query.From is { } from ? rows.Where(row => row.Time >= from) : rows;
        rows = query.To is { } to ? rows.Where(row => row.Time < to) : rows;
        return query.After is { } after
            ? rows.Where(row => row.Time < after.Time || (row.Time == after.Time && row.Id.CompareTo(after.Id) < 0))
            : rows;
    }

    private static IQueryable<AnomalyRow> Filter(IQueryable<AnomalyRow> rows, AnomalyQuery query)
    {
        rows = query.InstrumentId is { } id ? rows.Where(row => row.InstrumentId == id) : rows;
        rows = query.Interval is { } interval ? rows.Where(row => row.Interval == interval) : rows;
        rows = query.Kind is { } kind ? rows.Where(row => row.Kind == kind) : rows;
        rows = query.From is { } from ? rows.Where(row => row.Time >= from) : rows;
        rows = query.To is { } to ? rows.Where(row => row.Time < to) : rows;
        return query.After is { } after
            ? rows.Where(row => row.Time < after.Time || (row.Time == after.Time && row.Id.CompareTo(after.Id) < 0))
            : rows;
    }
}

/// <summary>A signal and its instrument's ticker.</summary>
public sealed record TickerSignal
{
    public required string Ticker { get; init; }

    public required SignalRow Signal { get; init; }
}

/// <summary>An anomaly and its instrument's ticker.</summary>
public sealed record TickerAnomaly
{
    public required string Ticker { get; init; }

    public required AnomalyRow Anomaly { get; init; }
}

/// <summary>How a signal ended, for statistics.</summary>
public sealed record ResolvedSignal(
    Guid Id,
    SignalDirection Direction,
    MarketRegime Regime,
    SignalState State,
    double? R,
    double Confidence,
    bool Calibrated,
    bool Backfilled);
