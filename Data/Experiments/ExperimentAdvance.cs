using Npgsql;
using Trading.Data.Backtests;
using Trading.Domain.Experiments;
using Trading.Domain.Market;

namespace Trading.Data.Experiments;

/// <summary>
/// Takes experiments on by the bars that have closed. A point that is stored stays: where prices before it turn out to
/// be others, later points go on from it with the returns that the prices known now come to.
/// </summary>
public sealed class ExperimentAdvance(NpgsqlDataSource database, ExperimentRunner runner, TimeProvider time)
{
    /// <summary>Takes one experiment on, any that has something to do and that no other worker has.</summary>
    /// <param name="interval">The interval of its bars.</param>
    /// <param name="until">Bars that close later still move.</param>
    /// <param name="not">Not these.</param>
    /// <param name="cancellationToken">Gives up; nothing is stored then.</param>
    /// <returns>What it brought; null where there is nothing to do.</returns>
    /// <exception cref="ExperimentException">It went wrong; the experiment is as it was.</exception>
    public async Task<ExperimentNews?> AdvanceAsync(
        BarInterval interval, DateTime until, Guid[] not, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await ExperimentQueue.ClaimAsync(connection, interval, until, not, cancellationToken) is not { } row)
        {
            return null;
        }

        try
        {
            var news = await AdvanceAsync(connection, row, ExperimentQueue.LastClose(interval, until), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return news;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExperimentException(row.Id, error);
        }
    }

    private async Task<ExperimentNews> AdvanceAsync(
        NpgsqlConnection connection, ExperimentRow row, DateTime until, CancellationToken cancellationToken)
    {
        PaperAccount[] accounts;
        try
        {
            accounts = await runner.RunAsync(row.Spec, until, cancellationToken);
            if (ExperimentProgress.End(row, accounts[0]) is { } end)
            {
                // More bars than are left of it: the accounts are to stand as at its last.
                accounts = await runner.RunAsync(row.Spec, end, cancellationToken);
            }
        }
        catch (BacktestRefusedException refused)
        {
            var failed = row with { State = ExperimentState.Failed, Error = refused.Message, FinishedAt = Now };
            await ExperimentQueue.UpdateAsync(connection, failed, cancellationToken);
            return new(failed, 0, []);
        }

        var stored = await ExperimentQueue.ReadEquityAsync(connection, row.Id, cancellationToken);
        var progress = new ExperimentProgress(row, stored, accounts);
        var news = progress.News(Now);
        if (news.Added > 0)
        {
            await ExperimentQueue.AddAsync(connection, progress.Points, cancellationToken);
            await ExperimentQueue.UpdateAsync(connection, news.Row, cancellationToken);
        }

        return news;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}

/// <summary>An experiment could not be taken on now.</summary>
public sealed class ExperimentException(Guid id, Exception error) : Exception(error.Message, error)
{
    public Guid Id { get; } = id;
}
